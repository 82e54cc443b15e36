"""From an application to the certificate, and every way it may end before."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils.functional import SimpleLazyObject

from secretariat.engines.sealed.canonical import digest
from secretariat.foundation.accounts.actor import NotAllowed, WrongState
from secretariat.foundation.accounts.models import Account
from secretariat.foundation.audit.models import Act
from secretariat.foundation.notices.models import Notice
from secretariat.governance.admissions import actions, queries
from secretariat.governance.admissions.models import Application, Certificate
from secretariat.governance.admissions.states import APPLICATION_TRANSITIONS, Point
from secretariat.governance.ballots.actions import close_ballot
from secretariat.governance.ballots.models import RollLine
from secretariat.governance.membership.actions import end_membership
from secretariat.governance.membership.models import Member
from secretariat.record.correspondence.models import Letter
from tests.factories.accounts import INSTALLER, NOW, TODAY, make_account, make_actor
from tests.factories.admissions import (
    DESK,
    as_person,
    make_application,
    make_inquiry,
    make_prospect,
    make_ready_application,
    whole,
)
from tests.factories.ballots import make_council, vote
from tests.factories.membership import make_category, make_conditions, make_member, make_representative
from tests.factories.organisations import make_organisation
from tests.factories.people import make_affiliation, make_person

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def do(action, **kw):
    return action(**{"actor": DESK, "now": NOW, **kw})


def fresh(application):
    return Application.objects.get(pk=application.pk)


def told(person):
    return list(
        Notice.objects.filter(account=person.account_id).order_by("pk").values_list("kind", flat=True)
    )


def before_council(*, size=3):
    body, people = make_council(size)
    application = make_ready_application()
    ballot = do(actions.put_to_ballot, application=application, body=body, closes_at=NOW + DAY)
    return application, ballot, people


def decide(ballot, people, *choices):
    for person, choice in zip(people, choices, strict=True):
        if choice:
            vote(ballot, person, choice)
    return close_ballot(ballot=ballot, actor=INSTALLER, now=NOW + DAY)


def test_an_applicant_becomes_a_member_by_a_vote_of_the_council():
    application, ballot, people = before_council()
    assert (fresh(application).state, ballot.state, ballot.subject_id) == (
        "ballot",
        "open",
        application.ref_id,
    )

    decide(ballot, people, "yes", "yes", "no")

    found = fresh(application)
    assert (found.state, found.ref.state) == ("admitted", "admitted")
    member = Member.objects.get(organisation=found.organisation)
    assert (found.member, member.state, member.memberships.get().category) == (
        member,
        "active",
        found.category,
    )
    assert member.events.get().reason == ballot.ref.number
    certificate = Certificate.objects.get()
    since = certificate.since.isoformat()
    content = queries.content_of(
        number=certificate.number, member=str(member.pk), category=found.category.key, since=since
    )
    assert certificate.digest == digest(content)
    assert told(found.person) == [
        "application_received", "sponsor_confirmed", "application_before_council", "application_admitted",
    ]  # fmt: skip
    assert Act.objects.filter(verb="application_admitted", subject_id=found.pk).count() == 1


def test_whoever_closes_the_ballot_on_a_page_admits_by_the_decision():
    """A request knows its actor late, and she need not keep members: the body has decided."""
    application, ballot, people = before_council()
    for person in people:
        vote(ballot, person, "yes")
    chair = SimpleLazyObject(lambda: make_actor("body.chair", scope_id=ballot.body_id, person=people[0]))

    close_ballot(ballot=ballot, actor=chair, now=NOW + DAY)

    assert fresh(application).state == "admitted"


@pytest.mark.parametrize(
    ("choices", "state", "notice"),
    [
        (("no", "no", "yes"), "rejected", "application_rejected"),
        (("yes", "no", "abstain"), "screening", "application_before_council"),
        (("", "", ""), "screening", "application_before_council"),
    ],
    ids=["rejected", "tied", "nobody votes"],
)
def test_what_the_ballot_does_not_adopt_admits_nobody(choices, state, notice):
    application, ballot, people = before_council()
    decide(ballot, people, *choices)
    assert fresh(application).state == state
    assert not Member.objects.filter(organisation=application.organisation).exists()
    assert not Certificate.objects.exists() and told(application.person)[-1] == notice


def test_an_undecided_application_goes_to_another_ballot():
    application, ballot, people = before_council()
    decide(ballot, people, "yes", "no", "abstain")
    again = do(actions.put_to_ballot, application=fresh(application), body=ballot.body, closes_at=NOW + DAY)
    decide(again, people, "yes", "yes", "yes")
    assert fresh(application).state == "admitted"


def test_whoever_is_tied_to_the_applicant_is_recused():
    body, people = make_council(3)
    application = make_ready_application()
    make_affiliation(people[1], application.organisation)
    ballot = do(actions.put_to_ballot, application=application, body=body, closes_at=NOW + DAY)
    recused = RollLine.objects.filter(ballot=ballot, recusal__isnull=False)
    assert [line.voter_id for line in recused] == [people[1].pk]


def test_a_ballot_about_something_else_is_none_of_ours():
    from tests.factories.ballots import make_open_ballot

    body, people = make_council(1)
    decide(make_open_ballot(body), people, "yes")
    assert not Act.objects.filter(verb__startswith="application_").exists()


def test_nothing_reaches_the_ballot_unchecked_or_without_a_sponsor():
    body, _people = make_council(1)
    application = make_application(organisation=make_organisation())
    with pytest.raises(ValueError, match=r"due diligence.*No sponsor"):
        do(actions.put_to_ballot, application=application, body=body, closes_at=NOW + DAY)
    assert len(queries.still_missing(whole(application))) == 2
    assert queries.still_missing(whole(make_ready_application())) == []
    with pytest.raises(ValueError, match="does not decide"):
        committee = make_council(1, key="else")[0]
        committee.flags = ["reviews"]
        committee.save()
        do(actions.put_to_ballot, application=application, body=committee, closes_at=NOW + DAY)


@pytest.mark.parametrize("state", APPLICATION_TRANSITIONS)
def test_the_database_lets_it_go_only_the_ways_of_the_table(state):
    application = make_application()
    possible = state in APPLICATION_TRANSITIONS["screening"] or state == "screening"
    said = {"state": state, "reason": "x", "ballot": None}
    if state in ("ballot", "screening"):
        return  # needs a ballot; nothing changes
    if possible:
        Application.objects.filter(pk=application.pk).update(**said)
    else:
        with pytest.raises(IntegrityError), transaction.atomic():
            Application.objects.filter(pk=application.pk).update(**said)


def test_one_applies_once_at_a_time_and_not_as_a_member():
    person, organisation = make_person(account=make_account()), make_organisation()
    make_application(person, organisation)
    with pytest.raises(ValueError, match="under way"):
        make_application(make_person(account=make_account()), organisation)
    mine = make_application(person)
    with pytest.raises(ValueError, match="under way"):
        make_application(person)
    do(actions.withdraw, application=mine, actor=as_person(person))
    assert make_application(person).state == "screening"
    with pytest.raises(ValueError, match="member already"):
        make_application(organisation=make_member().organisation)


def test_who_left_may_apply_again():
    member = make_member()
    do(end_membership, member=member, ends_on=TODAY - DAY, reason="Wish", actor=INSTALLER)
    assert make_application(organisation=member.organisation).state == "screening"


@pytest.mark.parametrize(("holder", "for_organisation"), [("organisation", False), ("person", True)])
def test_the_category_says_who_may_apply(holder, for_organisation):
    organisation = make_organisation() if for_organisation else None
    with pytest.raises(ValueError, match="another kind of holder"):
        make_application(organisation=organisation, category=make_category(holder=holder))


def test_nobody_applies_for_others():
    person = make_person(account=make_account())
    said = {"category": make_category(), "person": person, "motivation": "x", "now": NOW}
    for actor, organisation in (
        (as_person(person), make_organisation()), (make_actor(), None), (DESK, None),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            actions.apply(organisation=organisation, actor=actor, **said)


def test_a_question_rests_the_application_until_it_is_answered():
    application = make_application()
    inquiry = make_inquiry(application, now=NOW)
    assert fresh(application).state == "asked"
    with pytest.raises(ValueError, match="some days"):
        do(actions.ask_applicant, application=application, text="?", due_on=TODAY)
    with pytest.raises(NotAllowed):
        do(actions.answer_inquiry, inquiry=inquiry, text="Since 2001")

    do(actions.answer_inquiry, inquiry=inquiry, text="Since 2001", actor=as_person(application.person))

    assert (fresh(application).state, application.inquiries.get().answer) == ("screening", "Since 2001")


def test_refused_before_the_ballot_with_a_reason():
    application = make_application()
    with pytest.raises(ValueError, match="with a reason"):
        do(actions.refuse, application=application, reason=" ")
    do(actions.refuse, application=application, reason="Too young")
    assert (fresh(application).state, told(application.person)[-1]) == ("refused", "application_refused")
    with pytest.raises(WrongState):
        make_inquiry(fresh(application), now=NOW)


def test_only_a_member_in_good_standing_stands_for_somebody_else_and_once():
    member = make_member(paid_until=TODAY - DAY)
    with pytest.raises(ValueError, match="good standing"):
        make_application(sponsor=member)
    good = make_member()
    speaker = make_person(account=make_account())
    make_representative(good, speaker)
    application = make_application(sponsor=good)
    assert told(speaker) == ["sponsor_asked"]
    with pytest.raises(ValueError, match="asked already"):
        do(actions.ask_sponsor, application=application, member=good)
    sponsor = application.sponsors.get()
    with pytest.raises(NotAllowed):
        do(actions.answer_as_sponsor, sponsor=sponsor, stands=True)
    speaks = make_actor("member.represent", scope_id=good.pk, person=speaker)
    do(actions.answer_as_sponsor, sponsor=sponsor, stands=False, note="Unknown to us", actor=speaks)
    assert told(application.person)[-1] == "sponsor_declined"
    with pytest.raises(WrongState):
        do(actions.answer_as_sponsor, sponsor=sponsor, stands=True, actor=speaks)


def test_a_point_that_is_not_passed_says_why():
    application = make_application()
    assert list(application.checks.order_by("pk").values_list("point", flat=True)) == Point.values
    check = application.checks.first()
    with pytest.raises(ValueError, match="Say why"):
        do(actions.record_check, check=check, state="failed")
    with pytest.raises(NotAllowed):
        do(actions.record_check, check=check, state="passed", actor=make_actor("desk.read"))


def test_the_letter_is_a_draft_in_the_language_of_the_applicant():
    application, ballot, people = before_council()
    decide(ballot, people, "yes", "yes", "yes")
    Account.objects.filter(pk=application.person.account_id).update(language="zh-hans")
    clerk = make_actor("desk.run", person=make_person())

    letter = do(actions.draft_letter_of_admission, application=application, actor=clerk)

    assert (letter.state, letter.wording.language) == ("draft", "zh-hans")
    assert Certificate.objects.get().number in letter.wording.text
    assert letter.recipients.get().person == application.person
    with pytest.raises(ValueError, match="a letter about this"):
        do(actions.draft_letter_of_admission, application=application, actor=clerk)
    assert Letter.objects.count() == 1


def test_a_prospect_is_followed_to_its_application():
    prospect = make_prospect(note="Met in Geneva")
    do(actions.invite_prospect, prospect=prospect, follow_up_on=TODAY + DAY)
    with pytest.raises(ValueError, match="Say why"):
        do(actions.decline_prospect, prospect=prospect, note="")
    application = make_application(organisation=prospect.organisation)
    prospect.refresh_from_db()
    assert (prospect.state, prospect.application) == ("applied", application)
    with pytest.raises(WrongState):
        do(actions.invite_prospect, prospect=prospect)
    with pytest.raises(ValueError, match="member already"):
        make_prospect(make_member().organisation)


def test_a_certificate_is_never_changed():
    _application, ballot, people = before_council()
    decide(ballot, people, "yes", "yes", "yes")
    with pytest.raises(DatabaseError), transaction.atomic():
        Certificate.objects.update(number="CERT-1")


def test_a_category_takes_applications_or_not_by_its_conditions_of_that_day():
    category = make_category(holder="person")
    make_conditions(category, takes_applications=False)
    with pytest.raises(ValueError, match="This category takes no applications"):
        make_application(category=category)
    assert not Application.objects.exists()
    make_conditions(category, starts_on=TODAY + DAY)
    with pytest.raises(ValueError, match="This category takes no applications"):
        make_application(category=category)
    assert make_application(category=category, now=NOW + DAY).state == "screening"
