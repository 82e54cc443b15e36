import pytest
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory
from django.urls import reverse

from secretariat.doors.site.views import errors

pytestmark = pytest.mark.django_db


def test_what_is_not_there_is_said_in_style(client, host):
    response = client.get("/nowhere/")

    assert response.status_code == 404
    assert "There is nothing here" in response.content.decode()
    assert "Example Conference" in response.content.decode()


def test_what_is_forbidden_is_said_in_style(client, host):
    request = client.get(reverse("site:front")).wsgi_request

    response = errors.forbidden(request, PermissionDenied())

    assert response.status_code == 403
    assert "You may not do this" in response.content.decode()


def test_the_page_of_an_error_asks_nobody(django_assert_num_queries):
    with django_assert_num_queries(0):
        response = errors.broken(RequestFactory().get("/"))

    assert response.status_code == 500
    assert "Something went wrong" in response.content.decode()


@pytest.mark.parametrize("path", ["/", "/selections/", "/members/", "/archive/", "/log/", "/nowhere/"])
def test_every_page_forbids_what_is_not_its_own(client, path):
    policy = client.get(path)["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "'unsafe-inline'" not in policy


@pytest.mark.parametrize("name", ["front", "selections", "members", "archive", "log"])
def test_pages_only_read(client, name):
    assert client.post(reverse(f"site:{name}")).status_code == 405
