import pytest
from django.urls import reverse

from secretariat.engines.sealed.heads import verify_head
from secretariat.engines.sealed.notes import VerifierKey
from tests.factories.selections import make_selection

pytestmark = pytest.mark.django_db


def test_an_empty_log_says_so(client):
    assert "Nothing has been sealed yet." in client.get(reverse("site:log")).content.decode()
    assert client.get(reverse("site:log_head")).status_code == 404


def test_the_head_is_signed_by_the_key_beside_it(client):
    make_selection("open")

    head = client.get(reverse("site:log_head"))
    key = client.get(reverse("site:log_key"))

    assert head["Content-Type"] == key["Content-Type"] == "text/plain; charset=utf-8"
    verify_head(head.content.decode(), VerifierKey.parse(key.content.decode().strip()))


def test_the_log_lists_what_the_organisation_bound_itself_to_latest_first(client):
    play = make_selection("recommended")

    rows = client.get(reverse("site:log")).context["pledges"]

    assert [(row.payload["kind"], row.stage and row.stage.key) for row in rows] == [
        ("decision", "recommended"), ("list", "recommended"), ("list", "eligible"), ("inputs", None), ("rules", None),
    ]  # fmt: skip
    assert {row.call for row in rows} == {play.call}


def test_health(client):
    response = client.get(reverse("site:health"))

    assert (response.status_code, response.content) == (200, b"lives\n")
