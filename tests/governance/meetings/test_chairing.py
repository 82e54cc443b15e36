from datetime import timedelta

import pytest

from secretariat.foundation.accounts.actor import NotAllowed
from secretariat.governance.ballots import rules as ballot_rules
from secretariat.governance.ballots.actions import close_ballot, declare_ballot, open_ballot
from secretariat.governance.ballots.electorate import places_of
from secretariat.governance.ballots.models import RollLine
from secretariat.governance.meetings import actions
from secretariat.governance.meetings.models import ItemBallot
from secretariat.governance.meetings.queries import events_of, places_for, presiding, proposed_recusals
from secretariat.registry.refs.actions import Party, add_parties, register_ref
from tests.factories.accounts import INSTALLER, NOW, make_account
from tests.factories.ballots import as_voter, make_procedure, vote
from tests.factories.bodies import make_body, make_term
from tests.factories.meetings import (
    BEGINS,
    arrive,
    as_member,
    make_convened_meeting,
    make_current_item,
    make_item,
    make_open_meeting,
)
from tests.factories.people import make_affiliation, make_person

pytestmark = pytest.mark.django_db
LATER = BEGINS + timedelta(minutes=10)
ROLES = ("chair", "vice_chair", "vice_chair", "member", "member")


def make_presided(**kw):
    """A council with a chair, two vice-chairs by the order of their seats, and two members."""
    body = make_body(flags=("executive", "decides"))
    people = [make_person(account=make_account()) for _ in ROLES]
    for role, person in zip(ROLES, people, strict=True):
        make_term(body, person, role=role)
    make_procedure(body, starts_on=NOW.date() - timedelta(days=400), **kw)
    return body, people


def recuse(item, person, **kw):
    return actions.recuse(item=item, person=person, reason="Related", actor=INSTALLER, now=BEGINS, **kw)


def index(people, person):
    return None if person is None else people.index(person)


def test_the_chair_passes_by_rule_and_back():
    body, people = make_presided()
    meeting = make_open_meeting(body, present=people)
    item = make_current_item(meeting)
    seen = [index(people, presiding(meeting, item))]
    for person in people[:3]:
        recuse(item, person)
        seen.append(index(people, presiding(meeting, item)))
    actions.choose_deputy(meeting=meeting, person=people[3], actor=INSTALLER, now=BEGINS)
    seen.append(index(people, presiding(meeting, item)))
    other = make_current_item(meeting, now=LATER)
    seen.append(index(people, presiding(meeting, other)))

    assert seen == [0, 1, 2, None, 3, 0]
    passed = [index(people, e.person_id and next(p for p in people if p.pk == e.person_id))
              for e in events_of(meeting, ("chair_passed",))]  # fmt: skip
    assert passed == [0, 1, 2, None, 3, 0]


def test_an_absent_chair_presides_over_nothing_until_she_comes():
    body, people = make_presided()
    meeting = make_convened_meeting(body)
    assert presiding(meeting) == people[0]
    arrive(meeting, people[2])
    meeting = actions.open_meeting(meeting=meeting, actor=INSTALLER, now=BEGINS)
    assert presiding(meeting) == people[2]
    arrive(meeting, people[0])
    assert presiding(meeting) == people[0]
    actions.record_departure(meeting=meeting, person=people[0], actor=INSTALLER, now=LATER)
    assert presiding(meeting) == people[2]


def test_a_chair_who_opens_it_is_there():
    body, people = make_presided()
    meeting = make_convened_meeting(body)
    chair = as_member(people[0], "body.chair", body=body)
    meeting = actions.open_meeting(meeting=meeting, actor=chair, now=BEGINS)
    assert presiding(meeting) == people[0]


def test_powers_over_ballots_pass_with_the_chair():
    body, people = make_presided()
    chair, deputy, member = (
        as_member(people[0], "body.chair", body=body), as_member(people[1], body=body), as_member(people[3], body=body)
    )  # fmt: skip

    def may():
        return [ballot_rules.can_run(actor, body) for actor in (chair, deputy, member)]

    seen = [may()]
    meeting = make_open_meeting(body, present=people)
    item = make_current_item(meeting)
    seen.append(may())
    recuse(item, people[0])
    seen.append(may())
    with pytest.raises(NotAllowed):
        actions.put_to_the_vote(item=item, actor=chair, now=BEGINS)
    ballot = actions.put_to_the_vote(item=item, actor=deputy, now=BEGINS)
    with pytest.raises(NotAllowed):
        close_ballot(ballot=ballot, actor=chair, now=LATER)
    close_ballot(ballot=ballot, actor=deputy, now=LATER)
    actions.finish_item(item=item, actor=deputy, now=LATER)
    seen.append(may())
    assert seen == [[True, False, False], [True, False, False], [False, True, False], [True, False, False]]
    assert RollLine.objects.get(ballot=ballot, is_chair=True).voter == people[1]


def test_the_powers_of_another_body_stay():
    body, people = make_presided()
    other, others = make_presided()
    make_open_meeting(body, present=people)
    assert ballot_rules.can_run(as_member(others[0], "body.chair", body=other), other)


def test_a_recusal_holds_for_what_stands_under_the_item():
    body, people = make_presided()
    meeting = make_open_meeting(body, present=people)
    above = make_item(meeting, now=BEGINS)
    recuse(above, people[4])
    below = make_current_item(meeting, parent=above)
    beside = make_item(meeting)
    assert [p.recusal is not None for p in places_for(meeting, below)] == [False] * 4 + [True]
    assert not any(p.recusal for p in places_for(meeting, beside))
    with pytest.raises(ValueError, match="already"):
        recuse(below, people[4])


def test_one_recuses_herself_and_nobody_lifts_her_own():
    body, people = make_presided()
    item = make_item(make_convened_meeting(body))
    chair = as_member(people[0], "body.chair", body=body)
    with pytest.raises(NotAllowed):
        actions.recuse(
            item=item, person=people[3], reason="R", actor=as_member(people[4], body=body), now=NOW
        )
    own = actions.recuse(item=item, person=people[0], reason="My firm", actor=chair, now=NOW)
    for actor in (chair, as_member(people[3], body=body)):
        with pytest.raises(NotAllowed):
            actions.lift_recusal(recusal=own, reason="No", actor=actor, now=NOW)
    actions.lift_recusal(recusal=own, reason="Sold", actor=INSTALLER, now=NOW)
    with pytest.raises(ValueError, match="lifted already"):
        actions.lift_recusal(recusal=own, reason="Sold", actor=INSTALLER, now=NOW)
    actions.recuse(item=item, person=people[0], reason="Bought again", actor=chair, now=NOW)


def test_recusals_are_proposed_from_what_is_recorded():
    body, people = make_presided()
    partner = make_affiliation(people[3])
    ref = register_ref(kind="application", number="X-1", title={"en": "X"})
    add_parties(ref=ref, parties=[Party("applicant", organisation_id=partner.organisation_id)])
    add_parties(ref=ref, parties=[Party("contact", person_id=people[1].pk)])
    item = make_item(make_convened_meeting(body), subject=ref)

    found = proposed_recusals(item)
    assert {(one.person, one.finding.strength) for one in found if one.finding.strength == "bars"} == {
        (people[1], "bars"), (people[3], "bars"),
    }  # fmt: skip
    recuse(item, people[3], found=found[0].finding.kind)
    assert people[3] not in {one.person for one in proposed_recusals(item)}
    assert proposed_recusals(make_item(item.meeting)) == []


def test_a_ballot_opens_with_the_room_as_it_is():
    body, people = make_presided()
    meeting = make_open_meeting(body, present=people[:4])
    item = make_current_item(meeting, title_en="Shall we?")
    recuse(item, people[3])
    ballot = actions.put_to_the_vote(item=item, majority="absolute", actor=INSTALLER, now=BEGINS)

    roll = RollLine.objects.filter(ballot=ballot).order_by("position")
    assert list(roll.values_list("voter", "is_present", "is_chair")) == [
        (people[0].pk, True, True), (people[1].pk, True, False), (people[2].pk, True, False),
        (people[3].pk, True, False), (None, False, False),
    ]  # fmt: skip
    assert [line.is_recused for line in roll] == [False, False, False, True, False]
    assert (ballot.question_en, ballot.state, ItemBallot.objects.get().item) == ("Shall we?", "open", item)
    for person in people[:3]:
        vote(ballot, person, "yes", now=LATER)
    result = close_ballot(ballot=ballot, actor=INSTALLER, now=LATER)
    assert (result.outcome, result.quorum_present, result.quorum_needed) == ("adopted", 3, 3)


def test_a_ballot_opened_elsewhere_while_the_body_meets_is_held_in_the_meeting():
    body, people = make_presided()
    meeting = make_open_meeting(body, present=people[:1])
    item = make_current_item(meeting)
    asked = {"body": body, "question_en": "Q", "question_zh": "问", "actor": INSTALLER, "now": BEGINS}
    here = declare_ballot(method="roll_call", **asked)
    silent = declare_ballot(method="silence", closes_at=BEGINS + timedelta(days=9), **asked)
    for ballot in (here, silent):
        places = places_of(ballot, BEGINS)
        assert [p.is_present for p in places] == ([True] + [False] * 4 if ballot == here else [True] * 5)
        open_ballot(ballot=ballot, places=places, actor=INSTALLER, now=BEGINS)
    assert list(ItemBallot.objects.values_list("ballot", "item")) == [(here.pk, item.pk)]


def test_while_a_ballot_is_open_its_item_and_roll_stand():
    body, people = make_presided()
    meeting = make_open_meeting(body, present=people)
    item = make_current_item(meeting)
    ballot = actions.put_to_the_vote(item=item, actor=INSTALLER, now=BEGINS)
    who = {"actor": INSTALLER, "now": LATER}
    for refused in (
        lambda: recuse(item, people[1]), lambda: actions.finish_item(item=item, **who),
        lambda: actions.close_meeting(meeting=meeting, **who), lambda: actions.put_to_the_vote(item=item, **who),
        lambda: actions.take_up(item=make_item(meeting), **who),
    ):  # fmt: skip
        with pytest.raises(ValueError, match="A ballot is open"):
            refused()
    close_ballot(ballot=ballot, **who)
    actions.finish_item(item=item, **who)


def test_a_declared_ballot_that_the_item_is_about_is_the_one_that_opens():
    body, people = make_presided()
    meeting = make_open_meeting(body, present=people)
    declared = declare_ballot(
        body=body, question_en="Q", question_zh="问", method="hands", actor=INSTALLER, now=NOW
    )
    item = make_current_item(meeting, subject=declared.ref)
    opened = actions.put_to_the_vote(item=item, actor=INSTALLER, now=BEGINS)
    assert (opened.pk, opened.method, opened.state) == (declared.pk, "hands", "open")


def test_whoever_presides_is_there_and_takes_part():
    body, people = make_presided()
    meeting = make_open_meeting(body, present=people[:1])
    recuse(make_current_item(meeting), people[0])
    for person in (people[0], people[4]):
        with pytest.raises(ValueError):
            actions.choose_deputy(meeting=meeting, person=person, actor=INSTALLER, now=BEGINS)


def test_an_absent_member_casts_nothing():
    body, people = make_presided()
    meeting = make_open_meeting(body, present=people[:3])
    ballot = actions.put_to_the_vote(item=make_current_item(meeting), actor=INSTALLER, now=BEGINS)
    assert not RollLine.objects.filter(ballot=ballot, voter=as_voter(people[4]).person_id).exists()
