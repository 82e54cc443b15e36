"""Before she has gone through the items and signed, a member is given nothing, by no door; then all that is hers."""

import io
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from secretariat.engines.sealed.canonical import digest
from secretariat.foundation.accounts.actor import WrongState
from secretariat.foundation.audit.models import Act
from secretariat.foundation.files.actions import store_file
from secretariat.foundation.files.queries import readable_files
from secretariat.record.search.actions import reindex
from secretariat.record.search.queries import find
from secretariat.registry.capacities.queries import actor_for
from secretariat.summit.calls.models import Attachment, Call
from secretariat.summit.calls.queries import rules_of
from secretariat.summit.calls.undertaking import USUAL
from secretariat.summit.review import actions, queries
from secretariat.summit.review.duties import review_duties
from secretariat.summit.review.models import Assignment, Declaration, ReviewDraft, Undertaking
from tests.factories.calls import AFTER, make_open_call
from tests.factories.review import (
    LATER,
    actor_of,
    assignments_of,
    declare_all,
    make_call_in_review,
    make_matching,
    make_review,
    member_of,
)

pytestmark = pytest.mark.django_db
SCORES = {"depth": 7, "benefit": 5}


@pytest.fixture
def play():
    """A call of which everybody was given something to read and nobody has signed; a reading with a file of it."""
    call, _members = make_call_in_review(3, members=3)
    make_matching(call, signed=False)
    row = assignments_of(call)[0]
    kept = store_file(
        stream=io.BytesIO(b"%PDF-1.4 evidence"), name="e.pdf", allowed_types=["application/pdf"], limit=1000,
        actor=actor_of(row.submission.person), now=LATER,
    )  # fmt: skip
    Attachment.objects.create(submission=row.submission, key="title", file=kept)
    reindex(now=LATER)
    return Call.objects.get(pk=call.pk), row, kept


def half(call, person, part):
    """Only one half of what has to be done: the rows are put in, as no action does one without the other."""
    if part == "declared":
        Declaration.objects.create(call=call, person=person, declared_at=AFTER)
    if part == "signed":
        Undertaking.objects.create(call=call, person=person, digest=call.undertaking_digest, signed_at=AFTER)
    if part == "signed another text":
        Declaration.objects.create(call=call, person=person, declared_at=AFTER)
        Undertaking.objects.create(call=call, person=person, digest="0" * 64, signed_at=AFTER)


def doors(row, kept):
    """What she gets by each door: how many things, or whether it opens."""
    person, number = row.reviewer, row.submission.ref.number
    actor = actor_for(account_id=person.account_id, person_id=person.pk, on=LATER.date(), door="page")
    [queue] = queries.my_queues(actor)
    return {
        "queue": len(queue.waiting) + len(queue.done) > 0,
        "sealed": queue.sealed > 0,
        "reading": opens(lambda: queries.get_reading(actor, row.stage.call.key, row.stage.key, number)),
        "files": readable_files(actor, [kept]) == [kept],
        "search": bool(find(actor, number, door="my", limit=10).hits),
    }


def opens(act):
    try:
        act()
    except queries.NotSigned as refusal:
        assert "sign its undertaking" in str(refusal)
        return False
    return True


SHUT = {"queue": False, "sealed": True, "reading": False, "files": False, "search": False}
OPEN = {"queue": True, "sealed": False, "reading": True, "files": True, "search": True}


@pytest.mark.parametrize("part", ["", "declared", "signed", "signed another text"])
def test_no_door_opens_before_she_has_done_both(play, part):
    call, row, kept = play
    half(call, row.reviewer, part)
    others = [a.reviewer for a in assignments_of(call) if a.reviewer_id != row.reviewer_id]
    declare_all(call, others)

    assert doors(row, kept) == SHUT
    declare_all(call, [row.reviewer])
    assert doors(row, kept) == OPEN


@pytest.mark.parametrize("part", ["", "declared", "signed", "signed another text"])
def test_no_act_is_taken_before_she_has_done_both(play, part):
    call, row, _kept = play
    half(call, row.reviewer, part)
    acting = {"actor": actor_of(row.reviewer), "now": LATER}
    acts = {
        "draft": lambda: actions.save_review_draft(assignment=row, scores=SCORES, **acting),
        "review": lambda: actions.hand_in_review(assignment=row, scores=SCORES, **acting),
        "accept": lambda: actions.accept_readings(stage=row.stage, **acting),
        "decline": lambda: actions.decline_reading(assignment=row, reason="No time.", **acting),
    }

    assert {name: opens(act) for name, act in acts.items()} == dict.fromkeys(acts, False)
    row.refresh_from_db()
    assert (row.state, row.accepted_at, ReviewDraft.objects.count()) == ("assigned", None, 0)
    declare_all(call, [row.reviewer])
    assert opens(acts["draft"]) and opens(acts["accept"]) and opens(acts["review"])


def test_every_page_leads_to_the_one_where_she_declares_and_signs(play):
    call, row, kept = play
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(row.reviewer.account)
    at, number = (call.key, row.stage.key), row.submission.ref.number
    declare = reverse("my_review:declare", args=[call.key])
    page = client.get(reverse("my_review:queue")).content.decode()
    led = [
        client.get(reverse("my_review:read", args=[*at, number])),
        client.post(reverse("my_review:read", args=[*at, number]), {"act": "hand_in", "score-depth": 5}),
        client.get(reverse("my_review:file", args=[*at, number, kept.pk])),
        client.post(reverse("my_review:aside", args=[*at, number]), {"reason": "x"}),
        client.post(reverse("my_review:decline", args=[*at, number]), {"reason": "x"}),
    ]

    assert declare in page and number not in page
    assert [(answer.status_code, answer.headers["Location"]) for answer in led] == [(302, declare)] * 5
    refused = client.post(reverse("my_review:draft", args=[*at, number]), {"score-depth": "7"})
    assert (refused.status_code, list(refused.json())) == (409, ["message"])
    done = client.get(reverse("my_review:done", args=at))
    assert (done.status_code, done.headers["Location"]) == (302, reverse("my_review:queue"))
    assert USUAL["en"].split("\n")[0] in client.get(declare).content.decode()


def test_she_signs_in_the_act_in_which_she_declares(play):
    call, row, _kept = play
    declare_all(call, [row.reviewer], now=LATER)
    declare_all(call, [row.reviewer], now=LATER + timedelta(days=1))

    signed = Undertaking.objects.get()
    assert (signed.call_id, signed.person_id, signed.digest, signed.signed_at) == (
        call.pk, row.reviewer_id, digest(call.undertaking), LATER,
    )  # fmt: skip
    assert Act.objects.get(verb="undertaking_signed").subject_id == signed.pk


def test_nobody_signs_a_text_that_does_not_stand(play):
    call, row, _kept = play
    actor = member_of(row.reviewer, call.committee)
    with pytest.raises(WrongState, match="another text"):
        actions.declare_conflicts(call=call, reasons={}, signs="0" * 64, actor=actor, now=LATER)
    assert not Declaration.objects.exists() and not Undertaking.objects.exists()


def test_what_was_signed_stands(play):
    call, row, _kept = play
    declare_all(call, [row.reviewer])
    for statement in ("DELETE FROM review_undertaking", "UPDATE review_undertaking SET digest = ''"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_text_is_one_of_the_rules_that_are_logged_when_the_call_opens():
    own = {"en": "I keep silent.", "zh": "本人保密。"}
    usual, other = make_open_call(), make_open_call(undertaking=own)

    assert (usual.undertaking, other.undertaking) == (USUAL, own)
    assert rules_of(other)["further"]["undertaking"] == own
    assert other.undertaking_digest == digest(own) != usual.undertaking_digest
    assert digest(rules_of(other)) == other.rules_digest


def test_who_reads_without_a_seat_signs_too(play):
    """Her term may have ended since she was given the items."""
    call, row, _kept = play
    actor = actor_of(row.reviewer)

    assert queries.get_call_to_judge(actor, call.key).is_declared is False
    assert [duty.count for duty in review_duties(actor, "my", LATER)] == [
        Assignment.objects.filter(reviewer=row.reviewer).count()
    ]
    signs = call.undertaking_digest
    actions.declare_conflicts(call=call, reasons={}, signs=signs, actor=actor, now=LATER)
    assert queries.get_call_to_judge(actor, call.key).is_declared is True
    make_review(row)


def test_the_desk_sees_who_has_done_both(play):
    call, row, _kept = play
    half(call, row.reviewer, "declared")
    another = next(a.reviewer for a in assignments_of(call) if a.reviewer_id != row.reviewer_id)
    declare_all(call, [another])

    told = {r.person.pk: r.is_declared for r in queries.readers_of(call, LATER.date(), row.stage)}
    assert told == {pk: pk == another.pk for pk in told} and row.reviewer_id in told


def test_the_wall_costs_no_statement(play, django_assert_num_queries):
    call, row, kept = play
    at = (call.key, row.stage.key, row.submission.ref.number)
    for _signed in (False, True):
        with django_assert_num_queries(1):
            queries.my_queues(actor_of(row.reviewer))
        with django_assert_num_queries(1):
            list(queries.files_of_readers(actor_of(row.reviewer), [kept.pk]))
        with django_assert_num_queries(1):
            opens(lambda: queries.get_reading(actor_of(row.reviewer), *at))
        declare_all(call, [row.reviewer])
