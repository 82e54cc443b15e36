import pytest
from django.db import IntegrityError, transaction

from secretariat.foundation.accounts.actor import Actor, NotAllowed, WrongState
from secretariat.foundation.audit.models import Act
from secretariat.foundation.notices.models import Notice
from secretariat.summit.calls.actions import withdraw
from secretariat.summit.honours import actions
from secretariat.summit.honours.models import Honour
from tests.factories.accounts import make_actor
from tests.factories.calls import STAFF, make_applicant
from tests.factories.review import LATER, decide, freeze, make_reviewed_call, stage_of

pytestmark = pytest.mark.django_db


def make_decided_call(submissions=2, *, refused=(), **kw):
    """A call whose list of honours is decided: its first two submissions are leading and nominated."""
    call, _ = make_reviewed_call(submissions, keep=submissions, **kw)
    freeze(call)
    decide(call)
    freeze(call, "honours")
    numbers = list(call.submissions.order_by("ref__number").values_list("ref__number", flat=True))
    decide(call, "honours", refused={numbers[n]: "A reason." for n in refused})
    return call


def offer(call, *, actor=STAFF, key="honours"):
    return actions.offer_honours(stage=stage_of(call, key), actor=actor, now=LATER)


def answer(honour, accept=True, actor=None):
    actor = actor or Actor(person_id=honour.submission.person_id)
    return actions.answer_offer(honour=honour, accept=accept, actor=actor, now=LATER)


def confer(honour, actor=STAFF):
    return actions.confer_honour(honour=honour, actor=actor, now=LATER)


def revoke(honour, reason="Found to be copied.", actor=STAFF):
    return actions.revoke_honour(honour=honour, reason=reason, actor=actor, now=LATER)


def make_honour(state="offered"):
    """The leading honour of a call, brought to a state."""
    [honour, *_] = offer(make_decided_call(1))
    if state != "offered":
        honour = answer(honour, state != "declined")
    if state in ("conferred", "revoked"):
        honour = confer(honour)
    if state == "revoked":
        honour = revoke(honour)
    return honour


def test_every_place_of_the_decided_list_is_offered_to_its_applicant():
    call = make_decided_call(3)

    offered = offer(call)

    first, second, _third = call.submissions.order_by("ref__number")
    assert [(h.submission, h.level, h.level_en, h.level_zh, h.position, h.state) for h in offered] == [
        (first, "leading", "Leading", "领先", 1, "offered"), (second, "nominated", "Nominated", "提名", 2, "offered"),
    ]  # fmt: skip
    assert [h.ref.number for h in offered] == [f"{first.ref.number}-H", f"{second.ref.number}-H"]
    assert {p.person_id for h in offered for p in h.ref.parties.all()} == {first.person_id, second.person_id}


def test_nothing_is_offered_before_the_decision():
    call, _ = make_reviewed_call(1)
    for step in (lambda: freeze(call), lambda: decide(call), lambda: freeze(call, "honours")):
        step()
        with pytest.raises(WrongState, match="waiting"):
            offer(call)
    decide(call, "honours")
    assert len(offer(call)) == 1


def test_only_a_list_of_levels_is_offered():
    call = make_decided_call(1)
    with pytest.raises(WrongState, match="calibrated"):
        offer(call, key="recommended")
    assert not Honour.objects.exists()


def test_honours_are_offered_once():
    call = make_decided_call(1)
    offer(call)
    with pytest.raises(WrongState, match="offered"):
        offer(call)
    assert Honour.objects.count() == 1


def test_a_refused_place_stays_empty():
    call = make_decided_call(3, refused=[0])

    assert [(h.level, h.submission.ref.number) for h in offer(call)] == [
        ("nominated", call.submissions.order_by("ref__number")[1].ref.number)
    ]


def test_whoever_withdrew_is_offered_nothing():
    call = make_decided_call(2)
    first, second = call.submissions.order_by("ref__number")
    withdraw(submission=first, reason="Sold.", actor=STAFF, now=LATER)

    assert [h.submission_id for h in offer(call)] == [second.pk]


def test_each_applicant_is_told_exactly_once_and_in_confidence():
    call = make_decided_call(3)
    offered = offer(call)

    told = Notice.objects.filter(kind="honour_offered")
    assert {(n.account_id, n.subject_id, n.data["level"]) for n in told} == {
        (h.submission.person.account_id, h.pk, h.level) for h in offered
    }
    assert told.count() == 2
    for honour in offered:
        confer(answer(honour))
    assert Notice.objects.filter(kind="honour_offered").count() == 2


def test_an_honour_goes_from_offer_to_conferment():
    honour = make_honour("conferred")

    assert (honour.state, honour.answered_at, honour.conferred_at) == ("conferred", LATER, LATER)
    honour.ref.refresh_from_db()
    assert honour.ref.state == "conferred"
    verbs = list(Act.objects.filter(subject_id=honour.pk).order_by("id").values_list("verb", "account_id"))
    assert verbs == [("honour_answered", None), ("honour_conferred", STAFF.account_id)]


def test_a_declined_place_stays_empty():
    call = make_decided_call(3)
    leading, nominated = offer(call)

    answer(leading, accept=False)
    confer(answer(nominated))

    assert set(Honour.objects.values_list("submission__ref__number", "level", "state")) == {
        (leading.submission.ref.number, "leading", "declined"),
        (nominated.submission.ref.number, "nominated", "conferred"),
    }
    with pytest.raises(WrongState, match="declined"):
        confer(leading)


def test_an_honour_is_revoked_with_a_reason_and_stays_in_the_record():
    honour = make_honour("conferred")
    with pytest.raises(ValueError, match="with a reason"):
        revoke(honour, reason=" ")

    honour = revoke(honour)

    assert (honour.state, honour.revoked_reason, honour.revoked_at) == (
        "revoked",
        "Found to be copied.",
        LATER,
    )
    assert (honour.conferred_at, Honour.objects.count()) == (LATER, 1)


MOVES = {
    "answer": (answer, {"offered"}),
    "decline": (lambda honour: answer(honour, accept=False), {"offered"}),
    "confer": (confer, {"accepted"}),
    "revoke": (revoke, {"conferred"}),
}
STATES = ["offered", "accepted", "declined", "conferred", "revoked"]


@pytest.mark.parametrize("state", STATES)
def test_each_step_is_possible_from_one_state_only(state):
    honour = make_honour(state)
    possible = set()
    for name, (move, _states) in MOVES.items():
        try:
            with transaction.atomic():
                move(honour)
                possible.add(name)
                transaction.set_rollback(True)
        except WrongState:
            continue

    assert possible == {name for name, (_move, states) in MOVES.items() if state in states}


def test_the_database_refuses_every_other_transition():
    honour = make_honour("accepted")
    rows = Honour.objects.filter(pk=honour.pk)
    for state in ("offered", "declined", "revoked"):
        with (
            pytest.raises(IntegrityError, match=f"may not go from accepted to {state}"),
            transaction.atomic(),
        ):
            rows.update(state=state)
    with pytest.raises(IntegrityError, match="honour_conferred_has_time"), transaction.atomic():
        rows.update(state="conferred")
    confer(honour)
    with pytest.raises(IntegrityError, match="honour_revoked_with_reason"), transaction.atomic():
        rows.update(state="revoked")


def test_only_the_applicant_answers():
    [honour] = offer(make_decided_call(1))
    _person, stranger = make_applicant()
    applicant = honour.submission.person
    assistant = Actor(
        stranger.account_id, applicant.pk, acting_for_id=applicant.account_id, tasks=frozenset({"files.read"})
    )

    for actor in (
        Actor(),
        STAFF,
        stranger,
        make_actor("organisation.represent", scope_id=honour.pk),
        assistant,
    ):
        with pytest.raises(NotAllowed):
            answer(honour, actor=actor)
    honour.refresh_from_db()
    assert honour.state == "offered"


def test_only_the_desk_offers_confers_and_revokes():
    call = make_decided_call(2)
    accepted, conferred = offer(call)
    accepted, conferred = answer(accepted), confer(answer(conferred))
    another = make_decided_call(1)

    for rights in ((), ("desk.read",), ("organisation.represent",), ("body.chair",)):
        actor = make_actor(*rights)
        for act in (
            lambda actor: offer(another, actor=actor),
            lambda actor: confer(accepted, actor),
            lambda actor: revoke(conferred, actor=actor),
        ):
            with pytest.raises(NotAllowed):
                act(actor)
    assert set(Honour.objects.values_list("state", flat=True)) == {"accepted", "conferred"}
