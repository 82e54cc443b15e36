"""Being forgotten: nothing of hers is left, and nothing that was published changes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from secretariat.engines.bundles.container import Bundle
from secretariat.engines.bundles.verify import verify_selection
from secretariat.foundation.accounts.actor import NotAllowed, WrongState
from secretariat.foundation.accounts.models import Account, Session
from secretariat.foundation.audit.models import Act, PersonalValue
from secretariat.foundation.files.models import File
from secretariat.foundation.notices.models import Notice
from secretariat.foundation.privacy.actions import (
    ask_erasure,
    enter_wish,
    erase,
    refuse_erasure,
    withdraw_wish,
)
from secretariat.foundation.privacy.models import Erasure
from secretariat.foundation.privacy.queries import plan_of, running_of, subject_behind
from secretariat.record.search.actions import reindex
from secretariat.record.search.models import SearchRow
from secretariat.registry.people.models import Person
from secretariat.registry.people.queries import live_people
from secretariat.summit.calls.actions import withdraw
from secretariat.summit.calls.models import Version
from secretariat.summit.honours.bundle import selection_files
from tests.factories.accounts import make_account, make_actor
from tests.factories.bodies import make_body, make_term
from tests.factories.calls import CONTENT, as_representative, make_open_call, make_submission
from tests.factories.organisations import make_organisation
from tests.factories.people import make_affiliation, make_person
from tests.factories.privacy import (
    ADDRESS,
    LATER,
    MARK,
    SECURITY,
    columns_with,
    make_marked_person,
    make_traces,
    wish,
)
from tests.factories.selections import make_selection

pytestmark = pytest.mark.django_db


def forget(person, actor=None, security=SECURITY):
    actor = actor or make_actor(account=person.account, person=person)
    done = erase(erasure=wish(actor, person), typed=person.ref.number, actor=security, now=LATER)
    reindex(now=LATER)  # as a worker does within a minute
    return done


def test_nothing_of_hers_is_left_in_any_column():
    person, actor = make_marked_person()
    own = make_traces(person, actor)
    withdraw(submission=own, reason="", actor=actor, now=own.submitted_at)
    before = columns_with(MARK)

    forget(person, actor)

    assert {"people_person.family_name", "audit_personalvalue.value", "calls_version.content"} <= before
    assert len(before) > 20
    assert columns_with(MARK) == columns_with("奎尔费瑟") == set()


def test_somebody_elses_values_are_as_they_were():
    person, actor = make_marked_person()
    withdraw(submission=make_traces(person, actor), reason="", actor=actor, now=LATER)
    other = make_person(
        given_name="Somebody", family_name="Elsewhere", account=make_account("elsewhere@example.org")
    )
    make_affiliation(other, title_en="Head of Elsewhere")
    reindex(now=LATER)
    before = columns_with("elsewhere")

    forget(person, actor)

    assert columns_with("elsewhere") == before != set()


def test_her_account_is_closed_and_no_mail_reaches_her(client):
    person, actor = make_marked_person()
    client.force_login(person.account)
    assert Session.objects.filter(account=person.account).exists()

    forget(person, actor)

    account = Account.objects.get(pk=person.account_id)
    assert (account.is_active, account.email) == (False, f"erased-{account.pk}@erased.invalid")
    assert not Session.objects.filter(account=account).exists()
    assert client.get(reverse("my_privacy:privacy")).url.startswith("/sign-in/")
    assert not Account.objects.filter(email=ADDRESS).exists()


def test_she_is_neither_listed_nor_found_and_her_number_stays():
    person, actor = make_marked_person()
    forget(person, actor)

    row = Person.objects.get(pk=person.pk)
    assert (str(row), row.erased_at, row.ref.number) == ("erased person", LATER, person.ref.number)
    assert row.name_in("zh-hans") == "已删除的人员"
    assert not live_people().filter(pk=person.pk).exists()
    assert not SearchRow.objects.filter(key=person.pk).exists()


def test_her_aliases_go_with_her():
    person, actor = make_marked_person()
    alias = make_person(given_name="O.", family_name=MARK)
    Person.objects.filter(pk=alias.pk).update(canonical=person)

    forget(person, actor)
    assert columns_with(MARK) == set()


def test_her_files_leave_the_storage_and_what_another_sent_too_stays(django_capture_on_commit_callbacks):
    person, actor = make_marked_person()
    own = make_traces(person, actor)
    withdraw(submission=own, reason="", actor=actor, now=LATER)
    hers = File.objects.get(name=f"{MARK}.txt")
    assert default_storage.exists(hers.storage_key)

    with django_capture_on_commit_callbacks(execute=True):
        forget(person, actor)

    hers.refresh_from_db()
    assert (hers.name, hers.erased_at) == ("erased", LATER)
    assert not default_storage.exists(hers.storage_key)


def test_what_an_organisation_handed_in_stays_without_what_names_her():
    person, actor = make_marked_person()
    organisation = make_organisation()
    content = {**CONTENT, "contact": {"en": ADDRESS, "zh": MARK[:10]}}
    submission = make_submission(
        make_open_call(), organisation=organisation, applicant=(person, actor), content=content
    )
    withdraw(
        submission=submission,
        reason="",
        actor=as_representative(actor, organisation),
        now=submission.submitted_at,
    )

    forget(person, actor)

    version = Version.objects.get(submission=submission)
    assert version.content == CONTENT and bytes(version.salt) == b""
    assert version.commitment
    assert columns_with(MARK[:10]) == set()


def test_a_published_list_still_verifies_and_counts_stay(client):
    play = make_selection("published")
    winner, reviewer = play.submissions[0], play.reviewers[1]
    path = reverse("site:selection", args=[play.call.key])
    before, page = selection_files(play.call), client.get(path).content
    for person in (winner.person, reviewer):
        for held in running_of(subject_behind(Erasure(person_id=person.pk)), LATER):
            assert held[0] == "a seat in a body"
    from secretariat.governance.bodies.models import Term

    Term.objects.filter(person=reviewer).update(ends_on=LATER.date() - timedelta(days=1))

    for person in (winner.person, reviewer):
        forget(person)

    assert selection_files(play.call) == before
    assert {step.ok for step in verify_selection(Bundle(before, ()))} == {True}
    assert client.get(path).content == page


def test_what_runs_must_end_first():
    person, actor = make_marked_person()
    make_term(make_body(), person)
    make_submission(make_open_call(), applicant=(person, actor))

    with pytest.raises(WrongState):
        forget(person, actor)
    subject = subject_behind(Erasure.objects.get())
    assert {(str(words), count) for words, count in running_of(subject, LATER)} == {
        ("a seat in a body", 1), ("an application that is still being considered", 1),
    }  # fmt: skip
    assert "people_person.family_name" in columns_with(MARK)


def test_the_dry_run_is_what_is_done():
    person, actor = make_marked_person()
    withdraw(submission=make_traces(person, actor), reason="", actor=actor, now=LATER)
    erasure = wish(actor, person)
    plan = plan_of(subject_behind(erasure))

    done = erase(erasure=erasure, typed=person.ref.number, actor=SECURITY, now=LATER)

    goes = {line.holding.model: line.count for line in plan if line.goes}
    stays = {line.holding.model: line.count for line in plan if not line.goes}
    assert done.counts == {"erased": goes, "kept": stays}
    act = Act.objects.get(verb="person_erased")
    assert act.detail == {"erased": sum(goes.values()), "kept": sum(stays.values())}


def test_history_keeps_commitments_and_no_value():
    person, actor = make_marked_person()
    forget(person, actor)

    assert not PersonalValue.objects.filter(subject_id__in=[person.pk, person.account_id]).exists()


@pytest.mark.parametrize("typed", ["", "PER-99999", "yes"])
def test_nobody_is_forgotten_by_a_slip(typed):
    person, actor = make_marked_person()

    with pytest.raises(ValueError, match="typed"):
        erase(erasure=wish(actor, person), typed=typed, actor=SECURITY, now=LATER)
    assert columns_with(MARK)


@pytest.mark.parametrize("right", ["desk.run", "desk.read", "audit.read", "system.administer", None])
def test_only_who_administers_security_erases_or_refuses(right):
    person, actor = make_marked_person()
    somebody = make_actor(*filter(None, [right]), account=make_account())
    erasure = wish(actor, person)

    with pytest.raises(NotAllowed):
        erase(erasure=erasure, typed=person.ref.number, actor=somebody, now=LATER)
    with pytest.raises(NotAllowed):
        refuse_erasure(erasure=erasure, reason="No.", actor=somebody, now=LATER)


@pytest.mark.parametrize("by", ["account", "person"])
def test_nobody_erases_herself(by):
    person, actor = make_marked_person()
    herself = make_actor("security.administer", **{by: person.account if by == "account" else person})

    with pytest.raises(NotAllowed):
        erase(erasure=wish(actor, person), typed=person.ref.number, actor=herself, now=LATER)


def test_a_wish_is_due_in_a_month_and_is_one_at_a_time():
    person, actor = make_marked_person()
    erasure = wish(actor, person)

    assert erasure.due_on - LATER.date() == timedelta(days=30)
    with pytest.raises(WrongState):
        wish(actor, person)
    withdraw_wish(erasure=erasure, actor=actor, now=LATER)
    assert wish(actor, person).state == "asked"


def test_a_refusal_says_why_and_is_told():
    person, actor = make_marked_person()
    erasure = wish(actor, person)

    with pytest.raises(ValueError, match="why"):
        refuse_erasure(erasure=erasure, reason=" ", actor=SECURITY, now=LATER)
    refuse_erasure(erasure=erasure, reason="The law says so.", actor=SECURITY, now=LATER)
    assert Notice.objects.filter(account=person.account, kind="erasure_refused").count() == 1
    with pytest.raises(WrongState):
        erase(erasure=erasure, typed=person.ref.number, actor=SECURITY, now=LATER)


def test_who_was_refused_once_can_be_forgotten_later():
    person, actor = make_marked_person()
    refuse_erasure(erasure=wish(actor, person), reason=f"{MARK} owes us a book.", actor=SECURITY, now=LATER)

    forget(person, actor)

    assert set(Erasure.objects.values_list("state", "note", "reason")) == {
        ("refused", "", "—"), ("done", "", ""),
    }  # fmt: skip
    assert columns_with(MARK) == set()


def test_nobody_takes_back_the_wish_of_another_nor_asks_for_her():
    person, actor = make_marked_person()
    other = make_actor(account=make_account())

    with pytest.raises(NotAllowed):
        withdraw_wish(erasure=wish(actor, person), actor=other, now=LATER)
    for someone in (
        make_actor(),
        replace(other, acting_for_id=person.account_id),
        replace(other, door="api"),
    ):
        with pytest.raises(NotAllowed):
            ask_erasure(note="", actor=someone, now=LATER)


def test_the_desk_enters_a_letter_and_says_how_it_came():
    person, _actor = make_marked_person()
    desk = make_actor("desk.run", account=make_account())
    told = {"person_id": person.pk, "account_id": None, "number": person.ref.number}

    with pytest.raises(ValueError, match="how"):
        enter_wish(**told, note=" ", actor=desk, now=LATER)
    entered = enter_wish(**told, note="IN-2022-001", actor=desk, now=LATER)
    erase(erasure=entered, typed=person.ref.number, actor=SECURITY, now=LATER)
    assert columns_with(MARK) == set()


def test_an_account_without_a_person_is_forgotten_too():
    account = make_account(ADDRESS)
    erasure = ask_erasure(note="", actor=make_actor(account=account), now=LATER)

    erase(erasure=erasure, typed=str(erasure.pk)[-6:], actor=SECURITY, now=LATER)
    assert columns_with(MARK) == set()
