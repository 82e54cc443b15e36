import pytest

from secretariat.foundation.accounts.actor import Actor, Capacity
from secretariat.summit.calls.actions import close_call, screen_submissions
from secretariat.summit.honours import queries, rules
from secretariat.summit.honours.actions import answer_offer, confer_honour, offer_honours, revoke_honour
from tests.factories.accounts import make_actor
from tests.factories.calls import AFTER, CLOSES, STAFF, make_committee, make_open_call, make_submission
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.factories.review import (
    LATER,
    chair_of,
    decide,
    freeze,
    make_matching,
    member_of,
    review_all,
    stage_of,
    stages,
)

pytestmark = pytest.mark.django_db


def make_honour(state="offered"):
    """The one honour of a call that an organisation answered."""
    committee, members = make_committee(3)
    call = make_open_call(committee=committee, stages=stages(committee, committee))
    make_submission(call, organisation=make_organisation())
    call = close_call(call=call, actor=STAFF, now=CLOSES)
    screen_submissions(call=call, actor=STAFF, now=AFTER)
    freeze(call, "eligible")
    make_matching(call)
    review_all(call)
    for key in ("recommended", "honours"):
        freeze(call, key)
        decide(call, key)
    [honour] = offer_honours(stage=stage_of(call, "honours"), actor=STAFF, now=LATER)
    applicant = Actor(person_id=honour.submission.person_id)
    if state != "offered":
        honour = answer_offer(honour=honour, accept=state != "declined", actor=applicant, now=LATER)
    if state in ("conferred", "revoked"):
        honour = confer_honour(honour=honour, actor=STAFF, now=LATER)
    if state == "revoked":
        honour = revoke_honour(honour=honour, reason="Copied.", actor=STAFF, now=LATER)
    return honour, members


def everybody(honour, members):
    submission = honour.submission
    person, organisation, committee = submission.person, submission.organisation, submission.call.committee
    spoken_for = (Capacity("organisation.represent", "test", scope_id=organisation.pk),)
    assisted = {"acting_for_id": person.account_id}
    return {
        "stranger": Actor(),
        "signed in": Actor(person_id=make_person().pk),
        "reviewer": member_of(members[1], committee),
        "chair": chair_of(committee, members[0]),
        "representative of another": make_actor("organisation.represent", scope_id=make_organisation().pk),
        "assistant with another task": Actor(
            None, person.pk, spoken_for, tasks=frozenset({"files.read"}), **assisted
        ),
        "assistant who applies": Actor(None, person.pk, (), tasks=frozenset({"calls.apply"}), **assisted),
        "applicant": Actor(person_id=person.pk),
        "representative": Actor(person_id=make_person().pk, capacities=spoken_for),
        "representative without a person": Actor(capacities=spoken_for),
        "desk.read": make_actor("desk.read"),
        "desk.run": make_actor("desk.run"),
    }


IN_CONFIDENCE = {
    "assistant who applies", "applicant", "representative", "representative without a person", "desk.read", "desk.run",
}  # fmt: skip


@pytest.mark.parametrize("state", ["offered", "accepted", "declined", "conferred", "revoked"])
def test_before_it_is_conferred_an_honour_is_between_applicant_and_secretariat(state):
    honour, members = make_honour(state)
    actors = everybody(honour, members)
    call = honour.submission.call

    seen = {who for who, actor in actors.items() if honour in queries.visible_honours(actor, call)}

    assert seen == (set(actors) if state in ("conferred", "revoked") else IN_CONFIDENCE)
    # One rule, said twice: for one honour and for many.
    assert seen == {who for who, actor in actors.items() if rules.can_see_honour(actor, honour)}


def test_the_bundle_tells_the_state_of_every_honour():
    honour, _ = make_honour("declined")
    assert queries.honours_of(honour.submission.call) == [
        {"ref": honour.submission.ref.number, "level": "leading", "state": "declined"}
    ]


def test_listing_takes_one_statement(django_assert_num_queries):
    honour, _ = make_honour("conferred")
    call = honour.submission.call

    with django_assert_num_queries(1):
        assert [
            (h.submission.ref.number, h.submission.organisation.name_en, h.submission.topic, h.ref.number)
            for h in queries.visible_honours(Actor(), call)
        ]
    with django_assert_num_queries(1):
        assert len(queries.honours_of(call)) == 1
