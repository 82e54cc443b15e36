import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, SESSION_KEY, get_user
from django.http import HttpRequest

from secretariat.foundation.accounts.backends import Codes, SessionOwnerMiddleware
from secretariat.foundation.accounts.models import Session
from secretariat.foundation.accounts.sessions import SessionStore
from tests.factories.accounts import make_account

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(client):
    account = make_account()
    client.force_login(account)
    return account


def request_with(key):
    request = HttpRequest()
    request.session = SessionStore(key)
    SessionOwnerMiddleware(lambda request: None).process_request(request)
    return request


@pytest.fixture
def request_of(client, account):
    return lambda: request_with(client.cookies["sessionid"].value)


def test_a_session_and_its_account_are_read_by_one_statement(request_of, account, django_assert_num_queries):
    request = request_of()
    with django_assert_num_queries(1):
        assert request.user == account
        assert request.user.email == account.email
        assert request.session[SESSION_KEY] == str(account.pk)


def test_it_is_the_account_that_django_itself_would_find(request_of, account):
    request = request_of()

    found, known = get_user(request), request.user
    fields = [field.attname for field in found._meta.concrete_fields]
    assert [getattr(known, name) for name in fields] == [getattr(found, name) for name in fields]


def test_a_stranger_costs_nothing(django_assert_num_queries):
    request = request_with(None)
    with django_assert_num_queries(0):
        assert not request.user.is_authenticated


def test_nobody_is_found_where_the_session_ended(request_of):
    request = request_of()
    Session.objects.update(expire_date="2000-01-01T00:00Z")

    assert not request.user.is_authenticated
    assert request.session.session_key is None


def test_a_closed_account_is_signed_in_nowhere(request_of, account):
    account.is_active = False
    account.save()

    assert not request_of().user.is_authenticated


def test_another_password_ends_the_session(request_of, account):
    account.set_password("something else")
    account.save()

    assert not request_of().user.is_authenticated
    assert not Session.objects.exists()


def test_whom_the_session_names_counts_and_not_whose_row_it_is(request_of):
    other = make_account()
    Session.objects.update(account=other)

    assert request_of().user != other


def test_a_way_in_that_is_no_longer_open_leads_nowhere(request_of):
    request = request_of()
    request.session[BACKEND_SESSION_KEY] = "gone.Backend"

    assert not request.user.is_authenticated


def test_outside_of_a_request_the_account_is_asked_for(account, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert Codes().get_user(account.pk) == account
