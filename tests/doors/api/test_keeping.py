"""What the desk keeps through the API: organisations, and the running of ballots."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from secretariat.registry.organisations.models import Organisation
from tests.factories.ballots import make_ballot, make_council, vote
from tests.factories.organisations import make_organisation
from tests.factories.places import make_place

pytestmark = pytest.mark.django_db


@pytest.fixture
def send(api, secret_of):
    desk = secret_of("desk.read", "desk.run", rights=["desk.run"])

    def sent(path, body=None, method="post", secret=desk, **headers):
        answer = api(path, secret, method, json.dumps(body or {}), **headers)
        return answer.status_code, answer.json()

    return sent


def test_an_organisation_is_entered_once_and_changed(send, secret_of):
    make_place("SE")
    above = make_organisation()
    said = {
        "name": {"en": "Example Press", "zh": ""},
        "kind": "media",
        "country": "se",
        "parent": above.ref.number,
    }
    key = {"HTTP_IDEMPOTENCY_KEY": "press-1"}

    status, made = send("/desk/organisations", said, **key)
    assert (status, made["country"], made["parent"]) == (201, "SE", above.ref.number)
    assert send("/desk/organisations", said, **key) == (201, made)
    assert Organisation.objects.count() == 2

    path = f"/desk/organisations/{made['number']}"
    assert (
        send(path, {**said, "website": "https://press.example"}, "put")[1]["website"]
        == "https://press.example"
    )
    for wrong in (
        {"country": "XX"},
        {"parent": "ORG-0"},
        {"kind": "circus"},
        {"name": {}},
        {"ror": "nothing"},
    ):
        assert send(path, {**said, **wrong}, "put")[0] == 422, wrong
    assert send(path, {**said, "parent": made["number"]}, "put")[0] == 422  # no part of itself
    reads = secret_of("desk.read", rights=["desk.read"])
    assert send(path, said, "put", secret=reads)[0] == 403


def test_a_ballot_is_opened_extended_and_closed(send):
    body, people = make_council(3)
    now = timezone.now()
    ballot = make_ballot(body, closes_at=now + timedelta(days=1), now=now)
    path = f"/desk/ballots/{ballot.ref.number}"

    assert send(f"{path}/close")[0] == 409
    assert send(f"{path}/open")[1]["state"] == "open"
    assert send(f"{path}/open")[0] == 409
    assert send(f"{path}/extend", {"reason": "x"})[0] == 422
    later = (now + timedelta(days=2)).isoformat()
    assert send(f"{path}/extend", {"reason": "x", "closes_at": later})[0] == 200
    assert send(f"{path}/hands", {"yes": 2})[0] == 422  # it is a roll call
    for person in people:
        vote(ballot, person, "yes", now=now)
    status, closed = send(f"{path}/close")
    assert (status, closed["state"], closed["result"]["outcome"]) == (200, "closed", "adopted")
    assert send(f"{path}/cancel", {"reason": "x"})[0] == 409


def test_a_ballot_is_cancelled_with_a_reason(send):
    ballot = make_ballot(make_council(3)[0])
    path = f"/desk/ballots/{ballot.ref.number}/cancel"

    assert send(path)[0] == 422
    assert send(path, {"reason": "Asked wrongly"})[1]["state"] == "cancelled"
