"""Members, applications and prospects through the API: the same queries and actions as on the pages."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from secretariat.governance.admissions.actions import put_to_ballot
from secretariat.governance.admissions.models import Application, Prospect
from secretariat.governance.ballots.actions import close_ballot
from secretariat.governance.membership.actions import override_standing, renew_membership
from secretariat.governance.membership.models import DirectoryEntry, Member, Representative
from tests.factories.accounts import INSTALLER, NOW, make_account
from tests.factories.admissions import (
    DESK,
    make_application,
    make_inquiry,
    make_prospect,
    make_ready_application,
)
from tests.factories.ballots import make_council, make_open_ballot, vote
from tests.factories.membership import make_category, make_conditions, make_member, make_representative
from tests.factories.motions import make_motion
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def send(api):
    """Send a body as JSON: the answer's status and what it says."""

    def sent(path, secret, body=None, method="post", **headers):
        answer = api(path, secret, method, json.dumps(body or {}), **headers)
        return answer.status_code, answer.json()

    return sent


@pytest.fixture
def desk(secret_of):
    return secret_of("desk.read", "desk.run", rights=["desk.run"])


def told(answer):
    assert answer.status_code == 200, answer.content
    return answer.json()


def spoken_for():
    """A member with a representative who has an account."""
    member = make_member()
    row = make_representative(member, make_person(account=make_account()), is_voting=True)
    return member, row


def test_whoever_speaks_for_a_member_keeps_its_entry(api, send, secret_of):
    member, row = spoken_for()
    mine, foreign = (
        secret_of("my.read", "my.write", account=row.person.account),
        secret_of("my.read", "my.write"),
    )
    path = f"/my/members/{member.ref.number}"
    words = {"website": "cables.example", "contact": "Room 4", "shown": ["website"]}

    assert [each["number"] for each in told(api("/my/members", mine))["items"]] == [member.ref.number]
    assert told(api("/my/members", foreign))["items"] == []
    assert send(f"{path}/directory", foreign, words, "put")[0] == 404

    status, entry = send(f"{path}/directory", mine, words, "put")
    assert (status, entry["entry"]["website"], entry["entry"]["shown"]) == (
        200,
        "https://cables.example",
        ["website"],
    )
    assert send(f"{path}/directory", mine, {"accounts": ["no address"]}, "put")[0] == 422
    assert send(f"{path}/named", mine, {"agrees": True}) == (200, {"agrees": True})
    assert Representative.objects.get(pk=row.pk).is_named
    public = told(api(f"/members/{member.ref.number}"))
    assert (public["website"], public["contact"], public["representatives"]) == (
        "https://cables.example",
        "",
        [],
    )


def test_standing_on_a_day_and_what_it_follows_from(api, desk):
    category = make_category()
    make_conditions(category, grace_days=30)
    today = timezone.localdate()
    member = make_member(category, paid_until=today - timedelta(days=10))
    path = f"/desk/members/{member.ref.number}"

    def stands(on):
        found = told(api(f"{path}/standing?on={on}", desk))
        return found["standing"], found["is_good"], found["by_hand"]

    assert stands(today - timedelta(days=10)) == ("current", True, False)
    assert stands(today) == ("grace", True, False)
    assert stands(today + timedelta(days=21)) == ("lapsed", False, False)
    until, now = today + timedelta(days=60), timezone.now()
    override_standing(member=member, standing="current", until=until, reason="x", actor=INSTALLER, now=now)
    assert stands(today + timedelta(days=21)) == ("current", True, True)
    assert [row["kind"] for row in told(api(f"{path}/events", desk))["items"]] == ["overridden", "admitted"]
    (laid_down,) = told(api("/desk/categories", desk))["items"]
    assert (laid_down["grace_days"], laid_down["takes_applications"]) == (30, True)


def test_the_desk_admits_renews_suspends_and_ends(api, send, desk):
    category, organisation = make_category(), make_organisation()
    asked = {"category": category.key, "organisation": organisation.ref.number, "starts_on": "2025-01-01"}
    assert send("/desk/members", desk, {**asked, "category": "none"})[1]["errors"][0]["field"] == "category"
    assert send("/desk/members", desk, {**asked, "organisation": None})[0] == 422
    status, found = send("/desk/members", desk, asked, HTTP_IDEMPOTENCY_KEY="admit-1")
    assert (status, found["standing"]) == (201, "current")
    assert send("/desk/members", desk, asked, HTTP_IDEMPOTENCY_KEY="admit-1") == (201, found)
    path = f"/desk/members/{Member.objects.get().ref.number}"

    assert send(f"{path}/suspend", desk)[1]["errors"][0]["field"] == "reason"
    assert send(f"{path}/suspend", desk, {"reason": "x"})[1]["standing"] == "suspended"
    assert send(f"{path}/suspend", desk, {"reason": "x"})[0] == 409
    assert send(f"{path}/reinstate", desk)[1]["standing"] == "current"
    assert send(f"{path}/renew", desk, {"until": "2020-01-01"})[0] == 422  # before today
    assert send(f"{path}/renew", desk, {"until": "2099-12-31"})[1]["paid_until"] == "2099-12-31"
    assert send(f"{path}/category", desk, {"category": "none", "on": "2025-06-01"})[0] == 422
    other = make_category()
    assert send(f"{path}/category", desk, {"category": other.key, "on": "2025-06-01"})[0] == 200
    person = make_person()
    status, speaker = send(
        f"{path}/representatives", desk, {"person": person.ref.number, "starts_on": "2025-02-01"}
    )
    assert (status, speaker["casts_vote"]) == (201, False)
    vote_path = f"{path}/representatives/{speaker['id']}/vote"
    assert [row["casts_vote"] for row in send(vote_path, desk, {"on": "2025-03-01"})[1]["items"]] == [
        True,
        False,
    ]
    latest = told(api(f"{path}/representatives", desk))["items"][0]["id"]
    ended = send(f"{path}/representatives/{latest}/end", desk, {"on": "2025-12-31"})[1]["items"][0]
    assert ended["ends_on"] == "2025-12-31"
    assert send(f"{path}/end", desk, {"on": "2026-01-31", "reason": "x"})[0] == 200
    assert Member.objects.get().state == "ended"
    assert send(f"{path}/nothing", desk)[0] == 422


def test_an_applicant_applies_follows_answers_and_withdraws(api, send, secret_of):
    person = make_person(account=make_account())
    mine, foreign = (secret_of("my.read", "my.write", account=a) for a in (person.account, make_account()))
    category, sponsor = (
        make_category(holder="person"),
        make_member(person=make_person(account=make_account())),
    )
    asked = {"category": category.key, "motivation": "We care", "sponsor": sponsor.ref.number}
    assert (
        send("/my/applications", mine, {**asked, "organisation": "ORG-0"})[1]["errors"][0]["field"]
        == "organisation"
    )

    status, found = send("/my/applications", mine, asked)
    assert (status, found["state"], found["sponsors"][0]["state"]) == (201, "screening", "asked")
    assert send("/my/applications", mine, asked)[0] == 422  # one at a time
    path = f"/my/applications/{found['number']}"
    assert api(path, foreign).status_code == 404
    assert told(api("/my/applications", foreign))["items"] == []

    hers = secret_of("my.read", "my.write", account=sponsor.person.account)
    row = told(api("/my/sponsorships", hers))["items"][0]
    assert row["application"] == found["number"]
    assert send(f"/my/sponsorships/{row['id']}/answer", mine, {"stands": True})[0] == 404
    assert send(f"/my/sponsorships/{row['id']}/answer", hers, {"stands": True})[1]["state"] == "confirmed"
    assert send(f"/my/sponsorships/{row['id']}/answer", hers, {"stands": False})[0] == 409

    inquiry = make_inquiry(Application.objects.get())
    answered = send(f"{path}/inquiries/{inquiry.pk}/answer", mine, {"text": "Since 1999"})[1]
    assert (answered["state"], answered["inquiries"][0]["answer"]) == ("screening", "Since 1999")
    other = make_member()
    assert send(f"{path}/sponsors", mine, {"member": other.ref.number})[0] == 201
    assert send(f"{path}/withdraw", mine)[1]["state"] == "withdrawn"
    assert send(f"{path}/withdraw", mine)[0] == 409


def test_the_desk_screens_and_puts_it_to_the_ballot(api, send, desk, secret_of):
    council, _people = make_council()
    made = make_application(organisation=make_organisation(), sponsor=(sponsor := make_member(
        person=make_person(account=make_account())
    )), now=timezone.now())  # fmt: skip
    path = f"/desk/applications/{made.ref.number}"
    assert [row["number"] for row in told(api("/desk/applications?state=screening", desk))["items"]] == [
        made.ref.number
    ]
    assert len(told(api(path, desk))["missing"]) == 2
    closes = (timezone.now() + timedelta(days=7)).isoformat()
    assert send(f"{path}/ballot", desk, {"body": council.key, "closes_at": closes})[0] == 422

    assert send(f"{path}/checks/identity", desk, {"state": "failed"}, "put")[0] == 422
    for check in told(api(path, desk))["checks"]:
        send(f"{path}/checks/{check['point']}", desk, {"state": "passed"}, "put")
    hers = secret_of("my.read", "my.write", account=sponsor.person.account)
    row = told(api("/my/sponsorships", hers))["items"][0]
    send(f"/my/sponsorships/{row['id']}/answer", hers, {"stands": True})
    status, found = send(f"{path}/ballot", desk, {"body": council.key, "closes_at": closes})
    assert (status, found["state"], found["missing"]) == (200, "ballot", [])
    assert found["ballot"]
    assert send(f"{path}/refuse", desk, {"reason": "x"})[0] == 409


def test_the_letter_of_a_decision_needs_somebody_in_whose_name_it_is(send, desk):
    council, people = make_council(3)
    made = make_ready_application()
    ballot = put_to_ballot(
        application=made, body=council, closes_at=NOW + timedelta(days=9), actor=DESK, now=NOW
    )
    for person in people:
        vote(ballot, person, "yes")
    close_ballot(ballot=ballot, actor=INSTALLER, now=NOW)

    status, refused = send(f"/desk/applications/{made.ref.number}/letter", desk)
    assert (status, refused["type"].rpartition("#")[2]) == (403, "in-person")


def test_prospects_are_noted_invited_and_given_up(api, send, desk):
    organisation = make_organisation()
    status, noted = send("/desk/prospects", desk, {"organisation": organisation.ref.number, "note": "Met"})
    assert (status, noted["state"], noted["note"]) == (201, "sought", "Met")
    path = f"/desk/prospects/{noted['id']}"
    assert send(f"{path}/invite", desk, {"follow_up_on": "2099-01-01"})[1]["follow_up_on"] == "2099-01-01"
    assert send(f"{path}/decline", desk)[0] == 422
    assert send(f"{path}/decline", desk, {"note": "No means"})[1]["state"] == "declined"
    assert told(api("/desk/prospects?state=declined", desk))["items"][0]["id"] == noted["id"]
    assert Prospect.objects.get().state == "declined"


@pytest.mark.parametrize("count", [1, 3])
def test_statements(api, asked, secret_of, count):
    person = make_person(account=make_account())
    for _ in range(count):
        member = make_member()
        make_representative(member, person)
        renew_membership(member=member, until=timezone.localdate(), actor=INSTALLER, now=NOW)
        make_application(organisation=make_organisation(), sponsor=make_member())
        make_prospect()
    desk, mine = secret_of("desk.read", rights=["desk.read"]), secret_of("my.read", account=person.account)

    counts = {
        path: asked(lambda path=path, secret=secret: api(path, secret))
        for path, secret in (
            ("/my/members", mine), ("/my/sponsorships", mine), ("/desk/applications", desk), ("/desk/prospects", desk),
        )
    }  # fmt: skip
    assert counts == STATEMENTS


STATEMENTS = {"/my/members": 13, "/my/sponsorships": 4, "/desk/applications": 10, "/desk/prospects": 4}


def test_a_ballot_of_mine_and_my_vote_in_it(api, client, secret_of, send):
    body, people = make_council(3)
    ballot, motion = make_open_ballot(body, now=timezone.now()), make_motion(body, people[0])
    account = people[0].account
    mine, other = secret_of("my.read", "my.write", account=account), secret_of("my.read", "my.write")
    path = f"/my/ballots/{ballot.ref.number}"
    found = told(api(path, mine))
    assert [(row["position"], row["choice"]) for row in found["votes"]] == [(1, None)]
    assert api(path, other).status_code == api(f"/my/motions/{motion.ref.number}", other).status_code == 404
    assert told(api(f"/my/motions/{motion.ref.number}", mine))["number"] == motion.ref.number

    said = {"position": 1, "choice": "yes"}
    assert send(f"{path}/votes", mine, said)[0] == 403  # no token votes
    assert send(f"{path}/votes", other, said)[0] == 404
    client.force_login(account)
    key = {"HTTP_IDEMPOTENCY_KEY": "vote-1"}
    status, cast = send(f"{path}/votes", None, said, **key)
    assert (status, cast["votes"][0]["choice"]) == (200, "yes")
    assert send(f"{path}/votes", None, said, **key) == (200, cast)
    assert ballot.votes.count() == 1
    assert (
        send(f"{path}/votes", None, {**said, "choice": "no"}, **key)[0] == 422
    )  # the key belongs to the other
    assert send(f"{path}/votes", None, {**said, "choice": "no"})[0] == 422  # its rules let nobody change it
    assert send(f"{path}/votes", None, {**said, "position": 2})[0] == 404


def test_no_entry_says_more_through_the_api_than_it_shows(api, send, secret_of):
    member, row = spoken_for()
    mine = secret_of("my.read", "my.write", account=row.person.account)
    words = {
        "contact": "Hidden room 9",
        "description": {"en": "Hidden words", "zh": "隐"},
        "shown": ["accounts"],
    }
    send(f"/my/members/{member.ref.number}/directory", mine, words, "put")

    for path in ("/members", f"/members/{member.ref.number}", "/openapi.json"):
        for secret in (None, secret_of("public.read")):
            assert "Hidden" not in api(path, secret).content.decode()
    assert DirectoryEntry.objects.get().contact == "Hidden room 9"
