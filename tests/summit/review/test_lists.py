from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from secretariat.engines.bundles.counting import decision_digest, list_digest
from secretariat.foundation.accounts.actor import Actor, NotAllowed, WrongState
from secretariat.foundation.audit.models import Act, Pledge
from secretariat.summit.calls.actions import close_call, screen_submissions
from secretariat.summit.calls.queries import rules_of
from secretariat.summit.review import queries
from secretariat.summit.review.actions import freeze_list
from secretariat.summit.review.models import Decision, ListEntry, StageList
from tests.factories.accounts import make_actor
from tests.factories.bodies import make_body
from tests.factories.calls import (
    AFTER,
    CLOSES,
    CONTENT,
    DURING,
    STAFF,
    make_committee,
    make_open_call,
    make_submission,
)
from tests.factories.people import make_person
from tests.factories.review import (
    LATER,
    assignments_of,
    chair_of,
    decide,
    freeze,
    make_call_in_review,
    make_matching,
    make_review,
    make_reviewed_call,
    member_of,
    review_all,
    stage_of,
    stages,
)

pytestmark = pytest.mark.django_db


def pledged(call):
    return [
        (p.payload["kind"], p.payload["stage"], p.payload["digest"])
        for p in Pledge.objects.filter(subject_id=call.pk).order_by("pk")
    ]


def outcomes(frozen):
    return list(
        ListEntry.objects.filter(list=frozen)
        .order_by("position")
        .values_list("submission__ref__number", "rank", "outcome")
    )


def numbers(call):
    return list(call.submissions.order_by("ref__number").values_list("ref__number", flat=True))


def test_the_eligible_list_holds_everything_that_was_screened():
    committee, _ = make_committee(2)
    call = make_open_call(committee=committee, stages=stages(committee, committee))
    kept = make_submission(call).ref.number
    late = make_submission(call, content={**CONTENT, "started_on": "2022-03-01"}).ref.number
    call = close_call(call=call, actor=STAFF, now=CLOSES)
    screen_submissions(call=call, actor=STAFF, now=AFTER)

    frozen = freeze(call, "eligible")

    assert outcomes(frozen) == [(kept, None, "kept"), (late, None, "cut")]
    assert queries.handed_on(stage_of(call, "eligible")) == {kept: "kept"}


def test_the_best_are_kept_exactly_as_many_as_declared_in_order_of_rank():
    call, _ = make_reviewed_call(4, keep=2)

    frozen = freeze(call)

    first, second, third, fourth = numbers(call)
    assert outcomes(frozen) == [
        (first, 1, "kept"),
        (second, 2, "kept"),
        (third, 3, "cut"),
        (fourth, 4, "cut"),
    ]
    assert list(frozen.entries.order_by("position").values_list("score", flat=True)) == [9, 7, 5, 3]
    listed = queries.frozen_list(stage_of(call))["entries"]
    assert [entry["ref"] for entry in listed] == [first, second, third, fourth]


def test_fewer_than_the_places_are_all_kept():
    call, _ = make_reviewed_call(1, keep=2)
    assert [outcome for _, _, outcome in outcomes(freeze(call))] == ["kept"]


def test_equals_stand_in_the_order_of_their_first_receipt():
    committee, _ = make_committee(2)
    call = make_open_call(committee=committee, stages=stages(committee, committee, keep=1))
    later = make_submission(call, now=DURING + timedelta(hours=1)).ref.number
    earlier = make_submission(call, now=DURING).ref.number
    call = close_call(call=call, actor=STAFF, now=CLOSES)
    screen_submissions(call=call, actor=STAFF, now=AFTER)
    freeze(call, "eligible")
    make_matching(call)
    review_all(call, best_first=(6, 6))

    assert later < earlier
    assert outcomes(freeze(call)) == [(earlier, 1, "kept"), (later, 1, "cut")]


def test_a_list_says_what_it_was_made_from_and_its_digest_is_pledged():
    call, _ = make_reviewed_call()
    frozen = freeze(call)

    assert (frozen.content["rules"], frozen.content["inputs"]) == (call.rules_digest, call.inputs_digest)
    assert frozen.content["frozen_at"] == "2022-09-02T10:00:00+00:00"
    assert frozen.digest == list_digest(queries.frozen_list(stage_of(call)))
    assert pledged(call)[-1] == ("list", "recommended", frozen.digest)
    act = Act.objects.filter(verb="list_frozen").latest("id")
    assert (act.subject_id, act.detail) == (frozen.pk, {"stage": "recommended", "digest": frozen.digest})


def test_the_levels_are_dealt_out_in_the_order_of_the_list_before():
    call, _ = make_reviewed_call(3, keep=3)
    recommended = freeze(call)
    decide(call)

    frozen = freeze(call, "honours")

    first, second, third = numbers(call)
    assert outcomes(frozen) == [(first, 1, "leading"), (second, 2, "nominated"), (third, 3, "cut")]
    scores = [
        [entry["score"] for entry in queries.frozen_list(stage_of(call, key))["entries"]]
        for key in ("recommended", "honours")
    ]
    assert scores == [[9, 7, 5], [9, 7, 5]]
    assert frozen.content["basis"] != recommended.content["basis"]


def test_a_list_waits_for_every_review_that_is_still_to_come():
    call, _ = make_call_in_review()
    make_matching(call)
    first, *rest = assignments_of(call)
    for assignment in rest:
        make_review(assignment)

    with pytest.raises(ValueError, match="1 reviews of this stage are still to come"):
        freeze(call)

    make_review(first)
    freeze(call)


def test_a_list_waits_for_the_readings_it_declares():
    call, _ = make_call_in_review()
    with pytest.raises(ValueError, match="have not been assigned"):
        freeze(call)


def test_an_item_whose_readers_all_stepped_aside_is_named():
    call, _ = make_call_in_review(2)
    make_matching(call)
    first, second, *rest = assignments_of(call)
    type(first).objects.filter(pk__in=[first.pk, second.pk]).update(state="recused")
    for assignment in rest:
        make_review(assignment)

    with pytest.raises(ValueError, match=f"No review stands for: {first.submission.ref.number}"):
        freeze(call)


def test_a_list_waits_for_the_decision_on_the_list_before():
    call, _ = make_reviewed_call()
    with pytest.raises(WrongState, match="waiting"):
        freeze(call, "honours")
    freeze(call)
    with pytest.raises(WrongState, match="waiting"):
        freeze(call, "honours")
    decide(call)
    freeze(call, "honours")


def test_a_list_is_frozen_once():
    call, _ = make_reviewed_call()
    freeze(call)
    with pytest.raises(WrongState, match="frozen"):
        freeze(call)
    assert StageList.objects.count() == 2


def test_nothing_is_frozen_while_the_call_is_open():
    committee, _ = make_committee(1)
    call = make_open_call(committee=committee, stages=stages(committee, committee))
    with pytest.raises(WrongState, match="open"):
        freeze(call, "eligible")


def test_what_fails_leaves_no_list_behind():
    call, _ = make_call_in_review()
    make_matching(call)
    before = pledged(call)
    with pytest.raises(ValueError, match="still to come"):
        freeze(call)
    assert pledged(call) == before
    assert queries.frozen_list(stage_of(call)) is None


def test_the_authority_decides_and_the_decision_is_pledged_bound_to_its_list():
    call, _ = make_reviewed_call()
    freeze(call)
    first, _second, _third = numbers(call)
    chair = make_person()

    decision = decide(call, refused={first: "Withdrawn from use."}, actor=chair_of(call.committee, chair))

    assert decision.content == {
        "authority": call.committee.ref.number, "by": "The chair", "at": "2022-09-02T10:00:00+00:00",
        "refused": [{"ref": first, "reason": "Withdrawn from use."}],
    }  # fmt: skip
    assert (decision.person_id, decision.authority_id) == (chair.pk, call.committee_id)
    assert decision.digest == decision_digest(queries.frozen_list(stage_of(call)))
    assert pledged(call)[-1] == ("decision", "recommended", decision.digest)


@pytest.mark.parametrize(
    ("refused", "rule", "kept"),
    [
        ((), "leave_open", (0, 1)),
        ((0,), "leave_open", (1,)),
        ((0,), "move_up", (1, 2)),
        ((0, 1), "leave_open", ()),
    ],
)
def test_a_refused_place_is_filled_only_as_declared(refused, rule, kept):
    call, _ = make_reviewed_call(3, keep=2, refused=rule)
    freeze(call)
    names = numbers(call)

    decide(call, refused={names[n]: "A reason." for n in refused})

    assert list(queries.handed_on(stage_of(call))) == [names[n] for n in kept]


def test_the_next_list_begins_without_what_was_refused():
    call, _ = make_reviewed_call(3, keep=2)
    freeze(call)
    first, second, _third = numbers(call)
    decide(call, refused={first: "A reason."})

    assert outcomes(freeze(call, "honours")) == [(second, 1, "leading")]


@pytest.mark.parametrize("place", [2, None])
def test_only_what_has_a_place_is_refused_so_nothing_is_ever_added(place):
    call, _ = make_reviewed_call(3, keep=2)
    freeze(call)
    named = numbers(call)[place] if place is not None else "NO-SUCH-1"

    with pytest.raises(ValueError, match=f"Not on the list: {named}"):
        decide(call, refused={named: "A reason."})

    assert not Decision.objects.exists()


def test_each_refusal_says_why():
    call, _ = make_reviewed_call()
    freeze(call)
    first = numbers(call)[0]
    with pytest.raises(ValueError, match=f"without a reason: {first}"):
        decide(call, refused={first: " "})
    assert not Decision.objects.exists()


def test_a_decision_says_which_office_made_it():
    call, _ = make_reviewed_call(1)
    freeze(call)
    with pytest.raises(ValueError, match="which office"):
        decide(call, by="")


def test_a_list_is_decided_once_and_not_before_it_is_frozen():
    call, _ = make_reviewed_call()
    with pytest.raises(WrongState, match="not frozen"):
        decide(call)
    freeze(call)
    decide(call)
    with pytest.raises(WrongState, match="decided"):
        decide(call)
    assert Decision.objects.count() == 1


def deciders(call):
    committee, chair = call.committee, make_person()
    assistant = Actor(
        make_person().pk, chair.pk, chair_of(committee).capacities, acting_for_id=chair.pk,
        tasks=frozenset({"body.chair"}),
    )  # fmt: skip
    return {
        "its chair": chair_of(committee, chair),
        "chair of another body": chair_of(make_body(), chair),
        "member": member_of(chair, committee),
        "secretariat": STAFF,
        "nobody": Actor(),
        "assistant of the chair": assistant,
    }


def test_who_decides_on_a_list():
    call, _ = make_reviewed_call(1)
    freeze(call)
    actors = deciders(call)

    allowed = set()
    for who, actor in actors.items():
        with suppress(NotAllowed), transaction.atomic():
            decide(call, actor=actor)
            allowed.add(who)
            transaction.set_rollback(True)
    assert allowed == {"its chair"}


def test_a_stage_without_an_authority_needs_no_decision_and_takes_none():
    call, _ = make_call_in_review(1)
    assert stage_of(call, "eligible").authority is None
    with pytest.raises(NotAllowed):
        decide(call, "eligible", actor=chair_of(call.committee))


def test_only_the_desk_freezes():
    call, _ = make_reviewed_call(1)
    for rights in ((), ("desk.read",), ("body.chair",)):
        with pytest.raises(NotAllowed):
            freeze_list(stage=stage_of(call), actor=make_actor(*rights), now=LATER)


FROZEN = {
    "review_stagelist": "UPDATE review_stagelist SET digest = 'x'",
    "review_listentry": "UPDATE review_listentry SET outcome = 'kept'",
    "review_decision": "UPDATE review_decision SET digest = 'x'",
}


def test_the_database_keeps_what_is_frozen_from_the_app_and_from_its_owner():
    call, _ = make_reviewed_call(1)
    freeze(call)
    decide(call)
    statements = [
        statement
        for table, update in FROZEN.items()
        for statement in (update, f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE")
    ]
    with connection.cursor() as cursor:
        for statement in statements:
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL ROLE owner")
        for statement in statements:
            with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
                cursor.execute(statement)
        cursor.execute("SET LOCAL ROLE app")


def test_the_rules_a_list_is_made_by_are_those_of_the_opening():
    call, _ = make_reviewed_call(1)
    frozen = freeze(call)
    assert frozen.content["rules"] == call.rules_digest
    assert [s["key"] for s in rules_of(call)["stages"]] == ["eligible", "recommended", "honours"]
