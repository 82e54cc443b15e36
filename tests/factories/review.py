"""A small call in review: a committee of three, and as many eligible submissions as a test wants."""

from datetime import timedelta

from secretariat.foundation.accounts.actions import give_grant
from secretariat.foundation.accounts.actor import Actor, Capacity
from secretariat.registry.people.models import Person
from secretariat.summit.calls.models import Call
from secretariat.summit.review import actions
from secretariat.summit.review.models import Assignment, Conflict
from tests.factories.accounts import INSTALLER, NOW, TODAY, make_account
from tests.factories.bodies import make_body, make_term
from tests.factories.calls import AFTER, STAFF, make_committee, make_screened_call
from tests.factories.people import make_person

LATER = AFTER + timedelta(days=1)
NAMES = {"label_en": "Stage", "label_zh": "阶段", "ties": "earlier_receipt"}
LEVELS = [
    {"key": "leading", "count": 1, "en": "Leading", "zh": "领先"},
    {"key": "nominated", "count": 1, "en": "Nominated", "zh": "提名"},
]


def stages(committee, council, *, keep=2, readers=2, refused="leave_open", method="mean"):
    """Eligible, then the best ``keep`` by their reviews, then one leading and one nominated."""
    names = {**NAMES, "refused": refused}
    return [
        {"key": "eligible", "kind": "eligibility", "method": "rules", **names},
        {"key": "recommended", "kind": "calibrated", "keep": keep, "method": method, "readers": readers,
         "authority": committee, **names},
        {"key": "honours", "kind": "levels", "method": method, "authority": council, "levels": LEVELS, **names},
    ]  # fmt: skip


def make_call_in_review(
    submissions=3,
    members=3,
    *,
    committee=None,
    council=None,
    keep=2,
    readers=2,
    refused="leave_open",
    declared=stages,
    **kw,
):
    """A screened call whose eligible list is frozen; nobody reads yet. Returns it and its new committee's members."""
    committee, people = (committee, []) if committee else make_committee(members)
    council = council or make_body(flags=("decides",))
    rules = declared(committee, council, keep=keep, readers=readers, refused=refused)
    call = make_screened_call(submissions, committee=committee, stages=rules, **kw)
    actions.freeze_list(stage=stage_of(call, "eligible"), actor=STAFF, now=AFTER)
    return call, people


def stage_of(call, key="recommended"):
    return call.stages.select_related("call", "authority__ref").get(key=key)


def actor_of(person, **kw):
    return Actor(person.account_id, person.pk, **kw)


def member_of(person, body):
    """The actor a committee's member is."""
    rights = ("body.sit", "review.sit")
    capacities = tuple(Capacity(right, "test", scope_id=body.pk, body_id=body.pk) for right in rights)
    return actor_of(person, capacities=capacities)


def chair_of(body, person=None):
    rights = ("body.chair", "review.sit")
    capacities = tuple(Capacity(right, "test", scope_id=body.pk, body_id=body.pk) for right in rights)
    return Actor(person.account_id if person else None, person.pk if person else None, capacities)


def make_desk(*rights):
    """A person whose account has these grants."""
    account = make_account()
    for right in rights:
        give_grant(account=account, right=right, starts_on=TODAY, reason="test", actor=INSTALLER, now=NOW)
    return make_person(account=account)


def make_council():
    """An authority with a chair who can sign in; returns both."""
    council, chair = make_body(flags=("executive", "decides")), make_person(account=make_account())
    make_term(council, chair, role="chair")
    return council, chair


def declare_all(call, people, now=LATER):
    """Each member of the committee says that she may judge every item, and signs the undertaking."""
    for person in people:
        actions.declare_conflicts(
            call=call,
            reasons={},
            signs=call.undertaking_digest,
            actor=member_of(person, call.committee),
            now=now,
        )


def make_conflict(person, submission, *, kind="shared_seat", **kw):
    """A relation as it was found: open until somebody resolves it."""
    return Conflict.objects.create(
        person=person, submission=submission, kind=kind, explanation="You sit in one body.", **kw
    )


def make_matching(call, key="recommended", *, deploy=True, signed=True, due_at=None, now=AFTER, **kw):
    """Who reads what; with ``signed``, everybody who reads has declared and signed."""
    matching = actions.propose_matching(stage=stage_of(call, key), actor=STAFF, now=now, **kw)
    if deploy:
        actions.deploy_matching(matching=matching, due_at=due_at, actor=STAFF, now=now)
        matching.refresh_from_db()
        if signed:
            sign_for(call, key, now=now)
    return matching


def sign_for(call, key="recommended", now=AFTER):
    """Whoever was given something to read goes through the items and signs."""
    call = Call.objects.get(pk=call.pk)
    reading = Assignment.objects.filter(stage__call=call, stage__key=key).values("reviewer")
    declare_all(call, Person.objects.filter(pk__in=reading).order_by("pk"), now)


def assignments_of(call, key="recommended"):
    return list(
        Assignment.objects.filter(stage__call=call, stage__key=key)
        .select_related("submission__ref", "reviewer")
        .order_by("submission__ref__number", "pk")
    )


def make_review(assignment, score=5, *, now=LATER, **kw):
    """The reviewer's own review, with the same score on every criterion."""
    scores = {"depth": score, "benefit": score}
    return actions.hand_in_review(
        assignment=assignment, **{"scores": scores, "actor": actor_of(assignment.reviewer), "now": now, **kw}
    )


def review_all(call, key="recommended", *, best_first=(9, 7, 5, 3), now=LATER):
    """Every review that is to come: the first submission gets the first score of ``best_first``, and so on."""
    numbers = sorted({a.submission.ref.number for a in assignments_of(call, key)})
    scores = dict(zip(numbers, best_first, strict=False))
    for assignment in assignments_of(call, key):
        if assignment.state == "assigned":
            make_review(assignment, scores[assignment.submission.ref.number], now=now)


def make_reviewed_call(submissions=3, **kw):
    """A call whose readers have all read. Returns it and its committee's members."""
    call, members = make_call_in_review(submissions, **kw)
    make_matching(call)
    review_all(call)
    return call, members


def freeze(call, key="recommended", *, now=LATER):
    return actions.freeze_list(stage=stage_of(call, key), actor=STAFF, now=now)


def decide(call, key="recommended", *, refused=None, by="The chair", actor=None, now=LATER):
    stage = stage_of(call, key)
    actor = actor or chair_of(stage.authority)
    return actions.decide_list(stage=stage, refused=refused or {}, by=by, actor=actor, now=now)
