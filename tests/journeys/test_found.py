"""What somebody finds, she may open; what she may not open, she does not find: source by source, and at once."""

from datetime import timedelta

import pytest

from secretariat.foundation.accounts.actions import give_grant
from secretariat.foundation.accounts.actor import Actor
from secretariat.record.search.actions import reindex
from secretariat.record.search.queries import DOORS, find
from secretariat.record.search.sources import registered_sources
from secretariat.registry.capacities.queries import actor_for
from secretariat.registry.people.models import Affiliation
from secretariat.summit.review.models import Assignment, Conflict
from tests.factories.accounts import INSTALLER, NOW, TODAY, make_account, make_actor
from tests.factories.bodies import make_body
from tests.factories.correspondence import make_incoming, make_letter
from tests.factories.organisations import make_organisation
from tests.factories.people import make_affiliation, make_person
from tests.factories.review import make_conflict
from tests.factories.selections import make_selection
from tests.factories.tasks import make_task

pytestmark = pytest.mark.django_db


def kinds(actor, text, door):
    """Which kinds of things an actor finds by some words."""
    return set(find(actor, text, door=door, limit=100).counts)


def paths(actor, text, door):
    return {hit.path for hit in find(actor, text, door=door, limit=100).hits}


def as_herself(person, on=TODAY):
    return actor_for(account_id=person.account_id, person_id=person.pk, on=on, door="page")


DESK = {"desk reads": make_actor("desk.read"), "desk runs": make_actor("desk.run")}
ELSE = {
    "stranger": Actor(),
    "auditor": make_actor("audit.read"),
    "security": make_actor("security.administer"),
    "of one organisation": make_actor("desk.run", scope_id="0192d3a0-0000-7000-8000-000000000001"),
    "assistant of the desk": make_actor("desk.run", tasks=frozenset({"calls.apply"})),
}


def test_the_desk_finds_what_is_the_desks_and_nobody_else_does():
    make_letter(subject="Zanzibar")
    make_incoming(subject="Zanzibar")
    make_task("Zanzibar")
    make_body(name_en="Zanzibar", flags=["reviews", "temporary"])  # any other one is public
    make_organisation("Zanzibar")
    make_person("Ada", "Zanzibar")
    reindex(now=NOW)

    every = {"letter", "incoming", "task", "body", "organisation", "person"}
    assert {role: kinds(actor, "zanzibar", "desk") for role, actor in DESK.items()} == dict.fromkeys(
        DESK, every
    )
    elsewhere = {**ELSE, "somebody": as_herself(make_person(account=make_account()))}
    found = {
        (role, door) for role, actor in elsewhere.items() for door in DOORS if kinds(actor, "zanzibar", door)
    }
    found |= {
        (role, door) for role, actor in DESK.items() for door in DOORS[:2] if kinds(actor, "zanzibar", door)
    }
    assert found == set()


def test_a_right_that_ended_finds_nothing_any_more():
    make_organisation("Zanzibar")
    reindex(now=NOW)
    reader = make_person(account=make_account())
    give_grant(
        account=reader.account, right="desk.read", starts_on=TODAY - timedelta(days=9), ends_on=TODAY, reason="test",
        actor=INSTALLER, now=NOW,
    )  # fmt: skip

    assert kinds(as_herself(reader), "zanzibar", "desk") == {"organisation"}
    assert kinds(as_herself(reader, TODAY + timedelta(days=1)), "zanzibar", "desk") == set()


def test_a_task_is_found_by_whom_it_was_given_to_until_it_is_given_to_another():
    owner, other = make_person(account=make_account()), make_person(account=make_account())
    task = make_task("Zanzibar", owner=owner)
    reindex(now=NOW)

    assert paths(as_herself(owner), "zanzibar", "my") == {f"/my/tasks/{task.ref.number}/"}
    assert kinds(as_herself(other), "zanzibar", "my") == set()
    type(task).objects.filter(pk=task.pk).update(owner=other)  # the index is as it was
    assert kinds(as_herself(owner), "zanzibar", "my") == set()
    assert kinds(as_herself(other), "zanzibar", "my") == {"task"}


@pytest.fixture(scope="module")
def play(django_db_setup, django_db_blocker):
    """A selection whose items are being read; its public lists are still to come. One for all, undone by each."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        play = make_selection("assigned")
        reindex(now=play.now)
        yield play
        transaction.set_rollback(True)


def readings(play, reviewer):
    rows = Assignment.objects.filter(reviewer=reviewer, stage=play.stage("recommended")).select_related(
        "submission__ref"
    )
    return list(rows.order_by("pk"))


def test_a_reviewer_finds_what_she_reads_and_nothing_that_others_read(play):
    numbers = {item.pk: item.ref.number for item in play.submissions}
    for reviewer in play.reviewers:
        hers = {numbers[row.submission_id] for row in readings(play, reviewer)}
        found = {number: kinds(as_herself(reviewer), number, "my") for number in numbers.values()}
        assert found == {number: {"reading"} if number in hers else set() for number in numbers.values()}


def test_a_reviewer_finds_no_item_any_more_once_a_relation_bars_her(play):
    row = readings(play, play.reviewers[0])[0]
    actor, number = as_herself(row.reviewer), row.submission.ref.number
    assert kinds(actor, number, "my") == {"reading"}

    conflict = make_conflict(row.reviewer, row.submission)
    assert kinds(actor, number, "my") == set()
    Conflict.objects.filter(pk=conflict.pk).update(state="cleared", reason="no relation")
    assert kinds(actor, number, "my") == {"reading"}
    Assignment.objects.filter(pk=row.pk).update(state="withdrawn")
    assert kinds(actor, number, "my") == set()


def test_an_assistant_of_a_reviewer_finds_nothing_of_what_she_reads(play):
    row = readings(play, play.reviewers[0])[0]
    actor = Actor(
        row.reviewer.account_id, row.reviewer_id, acting_for_id=make_account().pk, tasks=frozenset()
    )

    assert kinds(actor, row.submission.ref.number, "my") == set()


def test_an_applicant_finds_her_own_and_no_other(play):
    for item in play.submissions:
        found = {
            other.ref.number
            for other in play.submissions
            if kinds(as_herself(item.person), other.ref.number, "my")
        }
        assert found == {item.ref.number}


def test_who_speaks_for_an_organisation_finds_its_submission_only_while_she_does(play):
    item, speaker = play.submissions[0], make_person(account=make_account())
    held = make_affiliation(speaker, item.organisation, role="representative")
    number = item.ref.number

    assert kinds(as_herself(speaker), number, "my") == {"submission"}
    yesterday = TODAY - timedelta(days=1)
    Affiliation.objects.filter(pk=held.pk).update(starts_on=yesterday - timedelta(days=9), ends_on=yesterday)
    assert kinds(as_herself(speaker), number, "my") == set()


def test_a_stranger_finds_nothing_of_a_selection_before_its_list_is_decided(play):
    every = [*play.submissions, play.draft, play.withdrawn, play.ineligible]

    assert {item.ref.number for item in every if kinds(Actor(), item.ref.number, "public")} == set()
    at_desk = {
        item.ref.number: any(
            item.ref.number in path for path in paths(DESK["desk reads"], item.ref.number, "desk")
        )
        for item in every
    }
    assert {number for number, is_found in at_desk.items() if not is_found} == {play.draft.ref.number}


def test_whatever_somebody_finds_opens_for_her(play, client):
    """Every line of an answer leads somewhere: at each door, for each of them."""
    people = [play.submissions[0].person, play.reviewers[0], make_person(account=make_account())]
    closed = {}
    for person in people:
        client.force_login(person.account)
        for word in ("entry", "title", play.call.title_en):
            for path in paths(as_herself(person), word, "my"):
                if (status := client.get(path).status_code) not in (200, 302):
                    closed[path] = status
    assert closed == {}


def test_every_source_of_what_is_somebodys_own_says_whose_it_is():
    """A source with an address in "my" is public, or asks whose it is; without either nobody would find it there."""
    owned = {source.kind for source in registered_sources().values() if source.mine is not None}

    assert owned == {
        "submission", "reading", "task", "ballot", "meeting", "motion", "minutes", "resolution", "advice",
    }  # fmt: skip
    assert {kind for kind in owned if registered_sources()[kind].mine(Actor()).exists()} == set()
