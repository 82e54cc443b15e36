"""The relations that calls, reviews and governance know, as a call asks for them, and what its chair may do."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from secretariat.foundation.accounts.actor import NotAllowed, WrongState
from secretariat.governance.meetings.queries import proposed_recusals
from secretariat.registry.conflicts.queries import PartySet, conflict_matrix
from secretariat.summit.calls.actions import name_conflict
from secretariat.summit.calls.models import Applicant, NamedConflict
from secretariat.summit.review import actions, providers
from secretariat.summit.review.models import Assignment, Conflict
from secretariat.summit.review.queries import get_followed_call
from tests.factories.accounts import TODAY, make_account
from tests.factories.admissions import make_application
from tests.factories.calls import AFTER, STAFF, make_open_call, make_submission
from tests.factories.meetings import make_item, make_meeting
from tests.factories.membership import make_member, make_representative
from tests.factories.organisations import make_organisation
from tests.factories.people import make_affiliation, make_person
from tests.factories.relations import make_relation
from tests.factories.review import (
    LATER,
    chair_of,
    make_call_in_review,
    make_conflict,
    make_desk,
    make_matching,
    member_of,
)

pytestmark = pytest.mark.django_db


def found_between(person, *, people=(), organisations=(), on=None):
    asked = PartySet(uuid4(), frozenset(p.pk for p in people), frozenset(o.pk for o in organisations))
    rows = conflict_matrix([person.pk], [asked], on or AFTER.date())
    return {(row.kind, row.strength, row.direction, row.confidence) for row in rows}


@pytest.fixture
def review():
    """Three items in review, with a committee of three."""
    return make_call_in_review(3)


def test_who_applied_together_with_a_party_discloses_it_and_a_party_itself_does_not():
    call, juror, other = make_open_call(), make_person(), make_person()
    hers, party, stranger = (make_organisation() for _ in range(3))
    make_affiliation(juror, hers)
    make_affiliation(other, party)
    joint = make_submission(call, organisation=hers)
    Applicant.objects.create(submission=joint, organisation=party)
    kind = ("joint_application", "discloses", "mutual", "recorded")

    assert found_between(juror, organisations=[party]) == {kind}
    assert found_between(juror, people=[joint.person]) == {kind}
    assert found_between(juror, organisations=[stranger]) == set()
    assert {row[0] for row in found_between(other, organisations=[party])} == {"affiliation"}
    assert found_between(juror, organisations=[party], on=AFTER.date() + timedelta(days=4 * 366)) == set()


def test_who_speaks_for_a_member_is_barred_from_it_and_discloses_it_afterwards():
    member = make_member(organisation=make_organisation())
    row = make_representative(member)
    current = ("representation", "bars", "hers", "recorded")

    assert current in found_between(row.person, organisations=[member.organisation], on=row.starts_on)
    type(row).objects.filter(pk=row.pk).update(ends_on=row.starts_on)
    later = row.starts_on + timedelta(days=30)
    past = ("representation", "discloses", "hers", "recorded")
    assert past in found_between(row.person, organisations=[member.organisation], on=later)


def test_who_stood_for_an_applicant_to_membership_discloses_it():
    sponsor, now = make_member(person=make_person(account=make_account())), timezone.now()
    application = make_application(make_person(account=make_account()), sponsor=sponsor, now=now)
    row = application.sponsors.get()
    type(row).objects.filter(pk=row.pk).update(state="confirmed", answered_by=sponsor.person, answered_at=now)
    parties = (
        {"organisations": [application.organisation]}
        if application.organisation
        else {"people": [application.person]}
    )

    kind = ("sponsorship", "discloses", "hers", "recorded")
    assert kind in found_between(sponsor.person, **parties, on=now.date())


def test_who_is_judged_by_a_party_discloses_it(review):
    call, _members = review
    make_matching(call)
    reading = Assignment.objects.select_related("reviewer", "submission__person").order_by("pk")[0]
    applicant, reader = reading.submission.person, reading.reviewer

    on = timezone.localdate()
    assert ("reciprocal", "discloses", "theirs", "recorded") in found_between(
        applicant, people=[reader], on=on
    )
    Assignment.objects.filter(reviewer=reader, submission=reading.submission).update(state="withdrawn")
    assert "reciprocal" not in {row[0] for row in found_between(applicant, people=[reader], on=on)}


@pytest.mark.parametrize("provider", [providers.reciprocal, providers.recused])
def test_the_providers_take_one_statement(provider, review, django_assert_num_queries):
    from secretariat.registry.conflicts.queries import Policy

    call, members = review
    things = [PartySet(item.ref_id, frozenset({item.person_id})) for item in call.submissions.all()]
    with django_assert_num_queries(1):
        list(provider([person.pk for person in members], things, TODAY, Policy()))


def test_a_meeting_proposes_to_recuse_who_may_not_judge_its_item(review):
    call, members = review
    item = call.submissions.order_by("ref__number")[0]
    barred, cleared = make_conflict(members[1], item), make_conflict(members[2], item)
    actions.resolve_conflict(conflict=cleared, bars=False, reason="Long ago.", actor=STAFF, now=LATER)
    agenda = make_item(make_meeting(call.committee), subject=item.ref)

    proposed = proposed_recusals(agenda, [member.pk for member in members])
    assert [(each.person, each.finding.kind, each.finding.source_id) for each in proposed] == [
        (members[1], "recused", barred.pk)
    ]


def test_an_applicant_names_a_member_and_the_chair_reads_why(review):
    call, members = review
    item = call.submissions.select_related("person").order_by("ref__number")[0]
    applicant = Client(headers={"accept-language": "en"})
    applicant.force_login(item.person.account)
    path = reverse("my_calls:name_conflict", args=[item.ref.number])
    sent = {"person": str(members[1].pk), "reason": "We are in court with each other."}

    assert str(members[1]) in applicant.get(path).content.decode()
    page = applicant.post(path, sent, follow=True).content.decode()
    assert "We are in court with each other." in page
    page = applicant.post(path, sent)
    assert page.status_code == 422 and "named that person already" in page.content.decode()

    actions.find_conflicts(call=call, actor=STAFF, now=timezone.now())
    conflict = Conflict.objects.get(kind="named_by_applicant")
    assert (conflict.person, conflict.submission, conflict.state) == (members[1], item, "open")
    assert "court" not in conflict.explanation
    chair = Client(headers={"accept-language": "en"})
    chair.force_login(members[0].account)
    page = " ".join(chair.get(reverse("desk_review:conflicts", args=[call.key])).content.decode().split())
    assert "We are in court with each other." in page
    assert "Is named by the applicant" in page
    named = Client(headers={"accept-language": "en"})
    named.force_login(members[1].account)
    hers = named.get(reverse("my_review:declare", args=[call.key])).content.decode()
    assert "court" not in hers and "says that you are tied" in hers


def test_nobody_else_names_for_an_applicant_and_nobody_outside_the_committee_is_named(review):
    call, members = review
    item = call.submissions.select_related("person").order_by("ref__number")[0]
    given = {"submission": item, "reason": "x", "now": LATER}
    applicant = member_of(item.person, call.committee)

    with pytest.raises(NotAllowed):
        name_conflict(person=members[0].pk, actor=member_of(members[1], call.committee), **given)
    with pytest.raises(ValueError, match="does not sit in the committee"):
        name_conflict(person=make_person().pk, actor=applicant, **given)
    with pytest.raises(ValueError, match="Say how"):
        name_conflict(**{**given, "reason": " "}, person=members[0].pk, actor=applicant)
    assert not NamedConflict.objects.exists()


def test_a_policy_of_the_call_weighs_what_is_found(review):
    call, members = review
    item = call.submissions.select_related("person").order_by("ref__number")[0]
    make_relation(members[1], str(item.person), now=LATER)
    type(call).objects.filter(pk=call.pk).update(conflict_rules={"strengths": {"personal": "bars"}})
    call.refresh_from_db()

    assert actions.find_conflicts(call=call, actor=STAFF, now=timezone.now()) == {"barred": 1, "open": 0}
    conflict = Conflict.objects.get(kind="personal")
    assert (conflict.person, conflict.state, conflict.direction, conflict.confidence) == (
        members[1], "barred", "hers", "declared",
    )  # fmt: skip
    assert conflict.starts_on == timezone.localdate(LATER)


def test_what_is_firm_is_cleared_by_nobody(review):
    call, members = review
    item = call.submissions.select_related("call").order_by("ref__number")[0]
    own, seat = (make_conflict(members[1], item, kind=kind) for kind in ("same_person", "shared_seat"))
    given = {
        "bars": False,
        "reason": "Small committee.",
        "actor": chair_of(call.committee, members[0]),
        "now": LATER,
    }

    with pytest.raises(WrongState, match="is one of the parties"):
        actions.resolve_conflict(conflict=own, **given)
    assert actions.resolve_conflict(conflict=seat, **given).state == "cleared"


def test_the_chair_keeps_a_member_from_an_item_and_she_cannot_undo_it(review):
    call, members = review
    make_matching(call)
    others = Assignment.objects.exclude(reviewer=members[0]).select_related("submission__ref", "reviewer")
    reading = others.order_by("pk")[0]  # each item has two readers, so one at least is not the chair
    reader = reading.reviewer
    chair, number = chair_of(call.committee, members[0]), reading.submission.ref.number
    given = {"call": call, "number": number, "reason": "They run a firm together.", "now": LATER}

    conflict = actions.enter_conflict(person=reader, actor=chair, **given)
    reading.refresh_from_db()
    assert (conflict.state, conflict.kind, reading.state) == ("barred", "entered", "recused")
    for actor in (member_of(reader, call.committee), chair_of(call.committee, reader)):
        with pytest.raises(NotAllowed):
            actions.resolve_conflict(conflict=conflict, bars=False, reason="No.", actor=actor, now=LATER)
    with pytest.raises(NotAllowed):
        actions.enter_conflict(person=members[0], actor=chair, **given)
    with pytest.raises(ValueError, match="does not sit"):
        actions.enter_conflict(person=make_person(), actor=chair, **given)
    with pytest.raises(WrongState):
        actions.enter_conflict(person=reader, actor=chair, **given)


def test_the_desk_keeps_a_member_from_an_item_by_the_page(review):
    call, members = review
    number = call.submissions.order_by("ref__number")[0].ref.number
    desk = Client(headers={"accept-language": "en"})
    desk.force_login(make_desk("desk.run", "desk.read").account)
    path = reverse("desk_review:enter", args=[call.key])

    page = desk.post(path, {"person": str(members[1].pk), "number": number, "reason": ""})
    assert page.status_code == 422
    page = desk.post(path, {"person": str(members[1].pk), "number": "NONE-1", "reason": "x"}, follow=True)
    assert not Conflict.objects.exists()
    page = desk.post(path, {"person": str(members[1].pk), "number": number, "reason": "A firm."}, follow=True)
    assert "A firm." in page.content.decode() and "What counts in this call" in page.content.decode()
    assert Conflict.objects.get().state == "barred"


def test_a_chair_is_not_told_how_many_relations_wait_on_her_own_case(review):
    call, members = review
    first, second = call.submissions.order_by("ref__number")[:2]
    for person, item in ((members[0], first), (members[1], first), (members[1], second)):
        make_conflict(person, item)
    chair, desk = chair_of(call.committee, members[0]), STAFF

    assert [get_followed_call(actor, call.key).n_waiting for actor in (chair, desk)] == [1, 3]
