"""What is remarked of those who apply is theirs: handed over, forgotten with them, gone after its time."""

from datetime import timedelta

import pytest
from django.urls import reverse

from secretariat.foundation.audit.holdings import Subject
from secretariat.foundation.audit.models import Pledge
from secretariat.foundation.privacy.actions import apply_retention, erase
from secretariat.foundation.privacy.declarations import holdings
from secretariat.foundation.privacy.queries import rows_of, run_out
from secretariat.governance.admissions import actions
from secretariat.governance.admissions.models import Application, Check, Inquiry, Prospect, Sponsor
from secretariat.governance.ballots.actions import close_ballot
from secretariat.governance.ballots.models import Ballot, RollLine
from secretariat.governance.ballots.queries import roll_digest
from secretariat.record.search.actions import reindex
from tests.factories.accounts import INSTALLER, NOW, make_account
from tests.factories.admissions import (
    DESK,
    as_person,
    make_application,
    make_inquiry,
    make_prospect,
    make_ready_application,
)
from tests.factories.ballots import make_council, vote
from tests.factories.membership import make_member
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.factories.privacy import LATER, MARK, SECURITY, columns_with, make_marked_person, wish

pytestmark = pytest.mark.django_db
OURS = ("Application", "Sponsor", "Check", "Inquiry", "Prospect")


def make_refused(person, organisation=None):
    """An application of hers with a remark wherever there is room for one, refused at the end."""
    sponsor = make_member(person=make_person(account=make_account()))
    made = make_application(person, organisation, sponsor=sponsor, contribution=f"{MARK}'s time")
    asked = made.sponsors.select_related("member", "application").get()
    actions.answer_as_sponsor(
        sponsor=asked, stands=True, note=f"I know {MARK}.", actor=as_person(sponsor.person), now=NOW
    )
    inquiry = actions.ask_applicant(
        application=made, text=f"Where does {MARK} live?", due_on=(NOW + timedelta(days=9)).date(), actor=DESK, now=NOW
    )  # fmt: skip
    actions.answer_inquiry(inquiry=inquiry, text=f"{MARK} Lane 1", actor=as_person(person), now=NOW)
    check = made.checks.select_related("application").get(point="sanctions")
    actions.record_check(check=check, state="failed", note=f"{MARK} is listed", actor=DESK, now=NOW)
    return actions.refuse(application=made, reason=f"{MARK} is listed.", actor=DESK, now=NOW)


def handed_over(person):
    subject = Subject(frozenset([person.pk]))
    return {
        holding.model.removeprefix("admissions."): rows_of(holding, subject).count()
        for holding in holdings()
        if holding.model in {f"admissions.{name}" for name in OURS}
    }


def test_all_that_is_remarked_of_her_is_handed_over_and_nothing_of_others():
    person, _actor = make_marked_person()
    organisation = make_organisation()
    make_prospect(organisation, note=f"Talked to {MARK}")
    make_refused(person, organisation)
    make_inquiry(make_application(), now=NOW)

    assert handed_over(person) == {"Application": 1, "Sponsor": 1, "Check": 5, "Inquiry": 1, "Prospect": 1}
    assert set(handed_over(make_person()).values()) == {0}


def test_a_sponsor_is_handed_what_she_wrote():
    made = make_refused(make_marked_person()[0])

    sponsor = Sponsor.objects.get(application=made).answered_by
    assert handed_over(sponsor) == {"Application": 0, "Sponsor": 1, "Check": 0, "Inquiry": 0, "Prospect": 0}


@pytest.mark.parametrize("through", ["herself", "an organisation"])
def test_nothing_that_is_remarked_of_her_is_left_and_how_it_was_decided_stays(through):
    person, actor = make_marked_person()
    organisation = make_organisation() if through == "an organisation" else None
    if organisation:
        make_prospect(organisation, note=f"Talked to {MARK}")
    made = make_refused(person, organisation)
    assert "admissions_check.note" in columns_with(MARK)

    erase(erasure=wish(actor, person), typed=person.ref.number, actor=SECURITY, now=LATER)
    reindex(now=LATER)

    assert columns_with(MARK) == set()
    row = Application.objects.get(pk=made.pk)
    assert (row.state, row.reason, row.ended_at, row.checks.filter(state="failed").count()) == (
        "refused", "", NOW, 1,
    )  # fmt: skip


def voters_page(client, ballot, voter):
    client.force_login(voter.account)
    return client.get(reverse("my_ballots:ballot", args=[ballot.ref.number])).content.decode()


def test_a_ballot_tells_its_voters_who_applies_and_outlives_her_without_naming_her(client):
    """Nothing sealed names her: the question has the number, the page looks the name up, and both digests stay true."""
    person, actor = make_marked_person()
    council, people = make_council()
    made = make_ready_application(person=person, contribution=f"{MARK}'s time")
    ballot = actions.put_to_ballot(
        application=made, body=council, closes_at=LATER, actor=DESK, now=NOW + timedelta(hours=1)
    )
    for voter in people:
        vote(ballot, voter, "no", now=NOW + timedelta(hours=2))
    result = close_ballot(ballot=ballot, actor=INSTALLER, now=NOW + timedelta(hours=3))
    assert MARK in voters_page(client, ballot, people[0])
    assert MARK not in f"{ballot.question_en} {ballot.question_zh} {ballot.ref.title}"
    assert made.ref.number in ballot.question_en and made.ref.number in ballot.question_zh

    erase(erasure=wish(actor, person), typed=person.ref.number, actor=SECURITY, now=LATER)
    reindex(now=LATER)

    page = voters_page(client, ballot, people[0])
    assert MARK not in page and ballot.question_en.replace("?", "") in page
    assert columns_with(MARK) == set()
    found = Ballot.objects.select_related("result").get(pk=ballot.pk)
    assert roll_digest(list(RollLine.objects.filter(ballot=ballot).order_by("position"))) == found.roll_digest
    assert found.result.digest == result.digest
    sealed = {
        pledge.payload["kind"]: pledge.payload["digest"]
        for pledge in Pledge.objects.filter(subject_id=ballot.pk)
    }
    assert sealed == {"ballot_roll": found.roll_digest, "ballot_result": result.digest}


def test_nobody_is_refused_without_a_reason_because_of_it():
    """Only where all of it is gone may the reason be missing."""
    from django.db import IntegrityError, transaction

    made = make_refused(make_marked_person()[0])
    with pytest.raises(IntegrityError, match="refused_with_reason"), transaction.atomic():
        Application.objects.filter(pk=made.pk).update(reason="")


def test_the_due_diligence_runs_out_five_years_after_the_end():
    make_refused(make_marked_person()[0])
    make_inquiry(make_application(), now=NOW)  # this one goes on
    last = NOW + timedelta(days=1827)

    assert found(last) == {}
    assert found(last + timedelta(seconds=1)) == {"admissions.Check": 1, "admissions.Inquiry": 1}
    apply_retention(actor=INSTALLER, now=last + timedelta(seconds=1))
    assert found(last + timedelta(seconds=1)) == {}
    assert set(Check.objects.values_list("note", flat=True)) == {""}
    assert set(Inquiry.objects.values_list("text", "answer")) == {("", ""), ("Since when?", "")}


def test_a_prospect_runs_out_two_years_after_it_was_last_noted():
    prospect = make_prospect(note=MARK)
    late = NOW + timedelta(days=731, seconds=1)
    assert found(late) == {"admissions.Prospect": 1}

    actions.invite_prospect(prospect=prospect, actor=DESK, now=NOW + timedelta(days=1))
    assert found(late) == {}
    apply_retention(actor=INSTALLER, now=late + timedelta(days=1))
    assert list(Prospect.objects.values_list("state", "note")) == [("invited", "")]
    assert columns_with(MARK) == set()


def found(now):
    return {
        row.holding.model: row.count for row in run_out(now) if row.holding.model.startswith("admissions.")
    }
