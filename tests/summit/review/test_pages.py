"""Who reaches which page of the reviews, and what each act does and refuses."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from secretariat.foundation.accounts.actions import give_grant
from secretariat.foundation.accounts.actor import NotAllowed
from secretariat.summit.review import actions, queries
from secretariat.summit.review.models import Assignment, Conflict, Decision, Matching, Review, StageList
from tests.factories.accounts import INSTALLER, NOW, TODAY, make_account
from tests.factories.people import make_person
from tests.factories.review import (
    assignments_of,
    chair_of,
    decide,
    declare_all,
    freeze,
    make_call_in_review,
    make_conflict,
    make_council,
    make_desk,
    make_matching,
    make_review,
    make_reviewed_call,
    review_all,
    stage_of,
)

pytestmark = pytest.mark.django_db


def client_of(person=None):
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    if person is not None:
        client.force_login(person.account)
    return client


SIGNED = {"signed": "on"}


def signing(call):
    """What is sent off with both boxes ticked under the text of the call."""
    return {"affirmed": "on", **SIGNED, "undertaking": call.undertaking_digest}


def said(response):
    return response.content.decode()


@pytest.fixture
def play():
    """A call in the middle of its reviews, with everybody who may come."""
    council, council_chair = make_council()
    call, members = make_call_in_review(3, members=3, readers=2, council=council)
    make_matching(call)
    declare_all(call, members)
    first = assignments_of(call)[0]
    make_review(first, comment="Between the committee and me.")
    chair = members[0]  # the first member of the committee is its chair
    reader = next(a.reviewer for a in assignments_of(call) if a.state == "assigned" and a.reviewer != chair)
    people = {
        "stranger": None, "anybody": make_person(account=make_account()), "reader": reader, "chair": chair,
        "authority": council_chair, "desk": make_desk("desk.read"), "staff": make_desk("desk.run", "desk.read"),
        "applicant": first.submission.person,
    }  # fmt: skip
    return call, people, first


EVERYBODY = {"anybody", "reader", "chair", "authority", "desk", "staff", "applicant"}
FOLLOWS = {"chair", "desk", "staff"}
PAGES = [
    ("my_review:queue", (), EVERYBODY),
    ("my_review:lists", (), EVERYBODY),
    ("my_review:declare", ("call",), {"reader", "chair"}),
    ("my_review:read", ("call", "stage", "theirs"), {"reader"}),
    ("desk_review:calls", (), EVERYBODY),
    ("desk_review:call", ("call",), FOLLOWS),
    ("desk_review:item", ("call", "number"), FOLLOWS),
    ("desk_review:conflicts", ("call",), FOLLOWS),
    ("desk_review:readings", ("call", "stage"), FOLLOWS),
    ("desk_review:list", ("call", "stage"), FOLLOWS),
]


@pytest.mark.parametrize(("name", "parts", "allowed"), PAGES, ids=[name for name, *_ in PAGES])
def test_who_reaches_which_page(play, name, parts, allowed):
    call, people, first = play
    theirs = next(
        a.submission.ref.number
        for a in assignments_of(call)
        if a.state == "assigned" and a.reviewer == people["reader"]
    )
    values = {
        "call": call.key,
        "stage": "recommended",
        "number": first.submission.ref.number,
        "theirs": theirs,
    }
    others = {
        a.reviewer_id for a in assignments_of(call) if a.submission.ref.number == theirs
    } - {people["reader"].pk}  # fmt: skip
    path = reverse(name, args=[values[part] for part in parts])

    answers = {role: client_of(person).get(path).status_code for role, person in people.items()}

    if name == "my_review:read" and people["chair"].pk in others:
        allowed = allowed | {"chair"}
    assert {role for role, code in answers.items() if code == 200} == allowed
    assert answers["stranger"] == 302
    assert {answers[role] for role in EVERYBODY - allowed} <= {404}


def test_the_list_of_calls_is_empty_for_whoever_follows_none(play):
    call, people, _ = play
    shown = {
        role for role, person in people.items() if person
        and reverse("desk_review:call", args=[call.key]) in said(client_of(person).get(reverse("desk_review:calls")))
    }  # fmt: skip
    assert shown == FOLLOWS


ACTS = [
    ("desk_review:find", ("call",), {}),
    ("desk_review:propose", ("call", "stage"), {"objective": "fair"}),
    ("desk_review:freeze", ("call", "stage"), {}),
]


@pytest.mark.parametrize(("name", "parts", "data"), ACTS, ids=[name for name, *_ in ACTS])
def test_who_follows_may_not_therefore_act(play, name, parts, data):
    call, people, _ = play
    path = reverse(name, args=[{"call": call.key, "stage": "recommended"}[part] for part in parts])
    for role in ("chair", "desk"):
        answer = client_of(people[role]).post(path, data, follow=True)
        assert "You may not do this" in said(answer)
    for role in ("anybody", "reader", "authority", "applicant"):
        assert client_of(people[role]).post(path, data).status_code == 404
    assert client_of().post(path, data).status_code == 302
    assert (Matching.objects.count(), StageList.objects.count()) == (1, 1)


def test_acts_take_no_get(play):
    call, people, first = play
    matching = Matching.objects.get()
    at = [call.key, "recommended"]
    paths = [
        reverse("desk_review:find", args=[call.key]), reverse("desk_review:freeze", args=at),
        reverse("desk_review:propose", args=at), reverse("desk_review:assign", args=at),
        *(reverse(f"desk_review:{name}", args=[*at, matching.pk]) for name in ("deploy", "discard", "undo")),
        reverse("my_review:draft", args=[*at, first.submission.ref.number]),
        reverse("my_review:aside", args=[*at, first.submission.ref.number]),
    ]  # fmt: skip
    client = client_of(people["staff"])
    assert {path: client.get(path).status_code for path in paths} == dict.fromkeys(paths, 405)


def reading(call, person):
    return next(a for a in assignments_of(call) if a.state == "assigned" and a.reviewer == person)


def path_of(assignment, name="read"):
    stage = assignment.stage
    return reverse(f"my_review:{name}", args=[stage.call.key, stage.key, assignment.submission.ref.number])


def test_the_reader_sees_what_is_public_or_for_the_committee_and_nothing_else(play):
    call, people, _ = play
    page = said(client_of(people["reader"]).get(path_of(reading(call, people["reader"]))))

    assert "Begun on" in page  # for the committee
    assert "Contact" not in page  # for named persons
    assert "Between the committee and me." not in page


def test_a_reviewer_who_works_at_the_desk_reads_as_a_reviewer(play):
    call, people, _ = play
    give_grant(
        account=people["reader"].account,
        right="desk.read",
        starts_on=TODAY,
        reason="t",
        actor=INSTALLER,
        now=NOW,
    )
    page = said(client_of(people["reader"]).get(path_of(reading(call, people["reader"]))))
    assert "Contact" not in page


def test_she_declares_before_she_reads():
    call, _members = make_call_in_review(1)
    make_matching(call, signed=False)
    assignment = assignments_of(call)[0]
    client = client_of(assignment.reviewer)
    declare = reverse("my_review:declare", args=[call.key])

    assert client.get(path_of(assignment)).headers["Location"] == declare
    assert [client.post(declare, sent).status_code for sent in ({}, {"affirmed": "on"}, SIGNED)] == [
        422,
        422,
        422,
    ]
    assert client.post(declare, signing(call)).headers["Location"] == reverse("my_review:queue")
    assert client.get(path_of(assignment)).status_code == 200


def test_a_tick_needs_its_reason_and_a_reason_its_tick():
    call, members = make_call_in_review(2)
    first, second = [i.ref.number for i in queries.items_to_judge(call)]
    client = client_of(members[0])
    path = reverse("my_review:declare", args=[call.key])

    page = client.post(path, {**signing(call), f"aside-{first}": "on", f"why-{second}": "A rival."})
    assert page.status_code == 422
    assert "Say why you step aside." in said(page)
    assert "Tick the item, or take the reason away." in said(page)
    assert "A rival." in said(page)
    assert not Conflict.objects.exists()

    client.post(path, {**signing(call), f"aside-{first}": "on", f"why-{first}": "My employer."})
    assert [(c.person_id, c.submission.ref.number) for c in Conflict.objects.all()] == [
        (members[0].pk, first)
    ]


def test_a_draft_is_kept_by_the_script_and_by_the_button(play):
    call, people, _ = play
    assignment, client = reading(call, people["reader"]), client_of(people["reader"])

    assert client.post(path_of(assignment, "draft"), {"score-depth": "7"}).json() == {}
    page = said(client.get(path_of(assignment)))
    assert 'value="7"' in page and "checked" in page
    client.post(path_of(assignment), {"act": "save", "comment": "So far."})
    assert "So far." in said(client.get(path_of(assignment)))
    wrong = client.post(path_of(assignment, "draft"), {"score-depth": "70"})
    assert (wrong.status_code, "message" in wrong.json()) == (422, True)
    assert not Review.objects.filter(assignment=assignment).exists()


def test_a_review_with_a_gap_comes_back_with_what_was_written(play):
    call, people, _ = play
    assignment, client = reading(call, people["reader"]), client_of(people["reader"])
    page = client.post(path_of(assignment), {"act": "hand_in", "score-depth": "7", "comment": "Half."})

    assert page.status_code == 422
    assert "Give a score from 1 to 10." in said(page)
    assert "Half." in said(page)
    assert not Review.objects.filter(assignment=assignment).exists()


def test_from_one_review_to_the_next_and_to_what_comes_then(play):
    call, people, _ = play
    client, reader = client_of(people["reader"]), people["reader"]
    data = {"act": "hand_in", "score-depth": "7", "score-benefit": "5", "comment": "Good."}
    waiting = [a for a in assignments_of(call) if a.state == "assigned" and a.reviewer == reader]
    path = path_of(reading(call, reader))
    seen = []
    for _item in waiting:
        seen.append(path)
        path = client.post(path, data).headers["Location"]

    assert set(seen) == {path_of(a) for a in waiting}
    assert path == reverse("my_review:done", args=[call.key, "recommended"])
    assert client.get(path).status_code == 200
    assert Review.objects.filter(assignment__reviewer=reader, comment="Good.").count() == len(waiting)
    again = client.post(seen[0], data)
    assert again.status_code == 200
    assert Review.objects.filter(assignment__reviewer=reader, comment="Good.").count() == len(waiting)


def test_stepping_aside_while_reading_takes_the_item_away(play):
    call, people, _ = play
    assignment, client = reading(call, people["reader"]), client_of(people["reader"])

    client.post(path_of(assignment, "aside"), {"reason": ""})
    assert not Conflict.objects.exists()
    client.post(path_of(assignment, "aside"), {"reason": "My neighbour."})

    assignment.refresh_from_db()
    assert assignment.state == "recused"
    assert Conflict.objects.get().explanation == "My neighbour."
    assert client.get(path_of(assignment)).status_code == 404


# -- Chair, staff, authority ----------------------------------------------------------------------------------


def test_the_chair_resolves_with_a_reason(play):
    call, people, first = play
    conflict = make_conflict(make_person(account=make_account()), first.submission)
    client = client_of(people["chair"])
    path = reverse("desk_review:resolve", args=[call.key, conflict.pk])

    page = client.post(path, {f"{conflict.pk}-bars": "no", f"{conflict.pk}-reason": ""})
    assert page.status_code == 422
    client.post(path, {f"{conflict.pk}-bars": "no", f"{conflict.pk}-reason": "Long ago."})
    conflict.refresh_from_db()
    assert (conflict.state, conflict.reason) == ("cleared", "Long ago.")


def test_nobody_resolves_a_conflict_of_her_own(play):
    call, people, first = play
    conflict = make_conflict(people["chair"], first.submission)
    client = client_of(people["chair"])
    data = {f"{conflict.pk}-bars": "no", f"{conflict.pk}-reason": "It is nothing."}
    page = client.post(reverse("desk_review:resolve", args=[call.key, conflict.pk]), data, follow=True)

    assert page.status_code == 404
    with pytest.raises(NotAllowed):
        actions.resolve_conflict(
            conflict=conflict,
            bars=False,
            reason="Nothing.",
            actor=chair_of(call.committee, people["chair"]),
            now=timezone.now(),
        )
    conflict.refresh_from_db()
    assert conflict.state == "open"


def test_a_conflict_of_another_call_is_not_there(play):
    call, people, _ = play
    other, members = make_call_in_review(1)
    conflict = make_conflict(members[1], other.submissions.get())
    path = reverse("desk_review:resolve", args=[call.key, conflict.pk])
    assert client_of(people["staff"]).post(path, {}).status_code == 404


def test_the_chair_reads_reviews_when_the_last_has_come_in_and_never_of_her_own_conflict(play):
    call, people, first = play
    path = reverse("desk_review:item", args=[call.key, first.submission.ref.number])
    words = "Between the committee and me."
    client = client_of(people["chair"])

    assert words not in said(client.get(path))
    assert words in said(client_of(people["staff"]).get(path))
    review_all(call)
    assert words in said(client.get(path))
    make_conflict(people["chair"], first.submission)
    assert words not in said(client.get(path))


def test_staff_propose_look_at_it_and_assign():
    staff = make_desk("desk.run")
    call, members = make_call_in_review(3, members=3, readers=2)
    client, at = client_of(staff), [call.key, "recommended"]
    readings = reverse("desk_review:readings", args=at)

    client.post(reverse("desk_review:propose", args=at), {"objective": "total", "max_load": "2"})
    proposal = Matching.objects.get()
    page = said(client.get(readings))
    assert all(str(member) in page for member in members)
    assert (proposal.state, proposal.options["objective"], Assignment.objects.count()) == (
        "proposed",
        "total",
        0,
    )
    due = timezone.localdate() + timedelta(days=9)
    client.post(reverse("desk_review:deploy", args=[*at, proposal.pk]), {"due_on": due.isoformat()})
    proposal.refresh_from_db()
    assert (proposal.state, Assignment.objects.count()) == ("deployed", 6)
    assert proposal.due_at.date() >= due - timedelta(days=1)
    page = client.post(reverse("desk_review:undo", args=[*at, proposal.pk]), {"reason": ""}, follow=True)
    assert "Say why" in said(page)
    client.post(reverse("desk_review:undo", args=[*at, proposal.pk]), {"reason": "Too early."})
    assert set(Assignment.objects.values_list("state", flat=True)) == {"withdrawn"}


def test_what_cannot_be_served_is_named_with_its_reason():
    staff = make_desk("desk.run")
    call, members = make_call_in_review(1, members=2, readers=2)
    item = call.submissions.get()
    make_conflict(members[0], item, kind="x")
    page = client_of(staff).post(
        reverse("desk_review:propose", args=[call.key, "recommended"]), {"objective": "fair"}, follow=True
    )
    assert item.ref.number in said(page)
    assert not Matching.objects.exists()


def test_staff_give_an_item_to_one_more_reader():
    staff = make_desk("desk.run")
    call, members = make_call_in_review(2, members=3, readers=2)
    make_matching(call)
    item = call.submissions.order_by("ref__number").first()
    free = next(m for m in members if not Assignment.objects.filter(submission=item, reviewer=m).exists())
    path = reverse("desk_review:assign", args=[call.key, "recommended"])
    client = client_of(staff)

    client.post(path, {"number": item.ref.number, "person": str(free.pk)})
    assert Assignment.objects.filter(submission=item, reviewer=free, state="assigned").exists()
    again = client.post(path, {"number": item.ref.number, "person": str(free.pk)}, follow=True)
    assert "not possible in the state" in said(again)
    outsider = client.post(path, {"number": item.ref.number, "person": str(staff.pk)}, follow=True)
    assert "Choose an item and a reader." in said(outsider)


def test_a_list_says_what_is_missing_then_what_it_would_be_then_what_it_is():
    staff = make_desk("desk.run")
    call, _ = make_call_in_review(3)
    make_matching(call)
    client, at = client_of(staff), [call.key, "recommended"]
    path = reverse("desk_review:list", args=at)

    assert "6 reviews of this stage are still to come." in said(client.get(path))
    review_all(call)
    page = said(client.get(path))
    assert "as it would be frozen now" in page and "ranking-line" in page
    assert not StageList.objects.filter(stage__key="recommended").exists()
    client.post(reverse("desk_review:freeze", args=at))
    page = said(client.get(path))
    assert StageList.objects.get(stage__key="recommended").digest[:32] in page
    assert "waits for the decision" in page
    assert "not possible in the state" in said(
        client.post(reverse("desk_review:freeze", args=at), follow=True)
    )


def test_the_authority_decides_after_a_second_look():
    council, council_chair = make_council()
    call, _ = make_reviewed_call(3, council=council)
    freeze(call)
    decide(call)
    freeze(call, "honours")
    client = client_of(council_chair)
    path = reverse("my_review:decide", args=[call.key, "honours"])
    listed = [e["ref"] for e in queries.frozen_list(stage_of(call, "honours"))["entries"]]
    data = {"by": "Chair of the Council", f"refuse-{listed[1]}": "Shown elsewhere."}

    assert path in said(client.get(reverse("my_review:lists")))
    looked = said(client.post(path, {**data, "act": "look"}))
    assert "Shown elsewhere." in looked
    assert not Decision.objects.filter(list__stage__key="honours").exists()
    client.post(path, {**data, "act": "confirm"})
    decision = Decision.objects.get(list__stage__key="honours")
    assert decision.content["refused"] == [{"ref": listed[1], "reason": "Shown elsewhere."}]
    assert "This list has been decided." in said(client.post(path, {**data, "act": "confirm"}, follow=True))


def test_a_list_is_decided_by_the_chair_of_its_authority_alone():
    council, council_chair = make_council()
    call, members = make_reviewed_call(3, council=council)
    freeze(call)
    path = reverse("my_review:decide", args=[call.key, "recommended"])

    found = {
        name: client_of(person).get(path).status_code
        for name, person in {
            "council": council_chair, "chair": members[0], "member": members[1], "staff": make_desk("desk.run"),
        }.items()
    }  # fmt: skip
    assert found == {"council": 404, "chair": 200, "member": 404, "staff": 404}


# -- Cost -----------------------------------------------------------------------------------------------------


def statements(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def measured(n):
    """The pages of a call with ``n`` items, and what each costs."""
    staff = make_desk("desk.run")
    council, _chair = make_council()
    call, members = make_call_in_review(n, members=3, readers=2, council=council)
    declare_all(call, members)
    make_matching(call)
    for item in call.submissions.all():
        make_conflict(make_person(account=make_account()), item)
    reader = assignments_of(call)[0].reviewer
    at = [call.key, "recommended"]
    pages = {
        "queue": (reader, reverse("my_review:queue")),
        "declare": (reader, reverse("my_review:declare", args=[call.key])),
        "read": (reader, path_of(reading(call, reader))),
        "calls": (staff, reverse("desk_review:calls")),
        "call": (staff, reverse("desk_review:call", args=[call.key])),
        "conflicts": (staff, reverse("desk_review:conflicts", args=[call.key])),
        "readings": (staff, reverse("desk_review:readings", args=at)),
        "eligible": (staff, reverse("desk_review:list", args=[call.key, "eligible"])),
    }
    return {name: statements(client_of(person), path) for name, (person, path) in pages.items()}


def test_the_pages_cost_the_same_for_one_and_three():
    one, three = measured(1), measured(3)
    assert one == three
    assert max(one.values()) <= 30
