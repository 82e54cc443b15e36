import logging

import pytest
from django.core.cache import cache
from django.utils import timezone, translation

from secretariat.foundation.accounts.models import Attempts
from tests.factories.accounts import make_account
from tests.factories.staff import grant
from tests.factories.tokens import make_token


@pytest.fixture(autouse=True)
def clean_thread(caplog):
    """Nothing of another request: neither its language nor what was kept; refusals are what these tests ask for."""
    cache.clear()
    caplog.set_level(logging.CRITICAL, logger="django.request")
    yield
    translation.deactivate()


@pytest.fixture
def api(client):
    """Ask the API: ``api("/calls", secret)``; the headers of Django's client by name."""

    def ask(path, secret=None, method="get", body=None, **headers):
        if secret:
            headers["HTTP_AUTHORIZATION"] = f"Bearer {secret}"
        if method != "get":
            headers |= {"data": body or "", "content_type": "application/json"}
        return getattr(client, method)(f"/api/v1{path}", **headers)

    return ask


@pytest.fixture
def secret_of():
    """Make a token that holds now: its secret."""

    def make(*scopes, account=None, rights=()):
        account = account or make_account()
        for right in rights:
            grant(account, right)
        return make_token(*scopes, account=account, rights=rights, now=timezone.now())[1]

    return make


@pytest.fixture
def asked(django_assert_max_num_queries):
    """Count the statements of a request, without those of the limits, which sweep now and then."""

    def count(request):
        with django_assert_max_num_queries(60) as captured:
            response = request()
        assert response.status_code == 200, response.content
        table = Attempts._meta.db_table
        return len([query for query in captured.captured_queries if table not in query["sql"]])

    return count
