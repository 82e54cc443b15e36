from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from secretariat.foundation.tokens.actions import make_token
from secretariat.foundation.tokens.scopes import scopes_open_to
from secretariat.registry.capacities.queries import actor_for
from tests.factories.accounts import make_account
from tests.factories.meetings import (
    make_assembly,
    make_convened_meeting,
    make_item,
    make_meeting,
    make_paper_version,
)
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


def token_of(person, now):
    actor = actor_for(account_id=person.account_id, person_id=person.pk, on=now.date(), door="page")
    return make_token(name="T", scopes=scopes_open_to(actor), days=9, actor=actor, now=now)[1]


def ask(path, secret=""):
    headers = {"HTTP_AUTHORIZATION": f"Bearer {secret}"} if secret else {}
    answer = Client().get(f"/api/v1{path}", **headers)
    return answer.status_code, answer.json()


def make_two(now):
    """A meeting everybody may know of, with an item for everybody and one for the body, and one for the body alone."""
    body, people = make_assembly(2)
    when = {"starts_at": now + timedelta(days=30), "now": now}
    shown = make_convened_meeting(body, audience="public", link="https://example.org/room", **when)
    make_paper_version(make_item(shown, title_en="Open", audience="public"))
    make_item(shown, title_en="Internal", audience="body")
    hidden = make_convened_meeting(body, **when)
    make_meeting(body, audience="public")
    return shown, hidden, people


def test_strangers_read_what_is_public(now):
    shown, hidden, _people = make_two(now)

    assert [row["number"] for row in ask("/meetings")[1]["items"]] == [shown.ref.number]
    status, whole = ask(f"/meetings/{shown.ref.number}")
    assert (status, [(i["number"], i["title"]["en"]) for i in whole["agenda"]]) == (200, [("1", "Open")])
    assert set(whole["agenda"][0]["papers"][0]["files"]) == {"en"} and "link" not in whole
    assert ask(f"/meetings/{hidden.ref.number}")[0] == 404


def test_a_member_reads_her_own(now):
    shown, hidden, people = make_two(now)
    mine = token_of(people[1], now)
    other = token_of(make_person(account=make_account()), now)

    numbers = {shown.ref.number, hidden.ref.number}
    assert {row["number"] for row in ask("/my/meetings", mine)[1]["items"]} == numbers
    status, whole = ask(f"/my/meetings/{shown.ref.number}", mine)
    assert [item["title"]["en"] for item in whole["agenda"]] == ["Open", "Internal"]
    assert (status, whole["link"], whole["room"]) == (200, "https://example.org/room", {
        "entitled": 2, "in_room": 0, "remote": 0, "by_proxy": 0, "needed": 2, "has_quorum": False,
    })  # fmt: skip
    assert ask("/my/meetings", other)[1]["items"] == []
    assert ask(f"/my/meetings/{hidden.ref.number}", other)[0] == 404
