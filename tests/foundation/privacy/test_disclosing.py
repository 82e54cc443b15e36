"""Whoever is shown what is not for everybody leaves a row, once a day; its owner reads it, and the auditor."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.privacy.actions import disclose
from secretariat.foundation.privacy.models import Disclosure
from secretariat.foundation.privacy.queries import disclosures_about, every_disclosure, in_words
from secretariat.record.correspondence.actions import To
from secretariat.summit.calls.queries import content_for
from tests.factories.accounts import NOW, make_account, make_actor
from tests.factories.calls import CONTENT, make_applicant, make_open_call, make_submission
from tests.factories.correspondence import make_letter, make_staff
from tests.factories.people import make_person
from tests.factories.staff import sign_in_with

pytestmark = pytest.mark.django_db


def shown():
    return set(Disclosure.objects.values_list("reader", "owner_id", "what", "about"))


def reader(*rights):
    return make_actor(*rights, account=make_account())


def test_once_for_each_reader_thing_and_day():
    owner, one, other = make_person(), reader(), reader()
    for actor, about, at in [(one, "A", 0), (one, "A", 1), (one, "B", 1), (other, "A", 1), (one, "A", 25)]:
        disclose(
            owners=[owner.pk], what="people.list", about=about, actor=actor, now=NOW + timedelta(hours=at)
        )

    rows = Disclosure.objects.values_list("reader", "about", "on")
    today, tomorrow = NOW.date(), NOW.date() + timedelta(days=1)
    assert sorted(map(str, rows)) == sorted(
        map(
            str,
            [
                (one.account_id, "A", today), (one.account_id, "B", today), (other.account_id, "A", today),
                (one.account_id, "A", tomorrow),
            ],
        )
    )  # fmt: skip


def test_what_one_sees_of_oneself_and_what_nobody_in_particular_sees_is_none():
    owner = make_person(account=make_account())
    herself = make_actor(account=owner.account, person=owner)
    for actor in (herself, Actor()):
        disclose(owners=[owner.pk, owner.account_id], what="people.list", actor=actor, now=NOW)

    assert shown() == set()


@pytest.mark.parametrize("count", [1, 3])
def test_many_at_once_in_one_statement(count, django_assert_num_queries):
    owners = [make_person().pk for _ in range(count)]
    actor = reader()

    with django_assert_num_queries(1):
        disclose(owners=owners, what="people.list", actor=actor, now=NOW)
    assert Disclosure.objects.count() == count


def test_nobody_takes_one_back():
    disclose(owners=[make_person().pk], what="people.list", actor=reader(), now=NOW)
    for statement in ("UPDATE privacy_disclosure SET what = 'x'", "DELETE FROM privacy_disclosure"):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_answers_for_named_persons(client):
    person, applicant = make_applicant()
    submission = make_submission(
        make_open_call(), content={**CONTENT, "contact": {"en": "Somebody"}}, applicant=(person, applicant)
    )
    desk = reader("desk.read")
    content_for(applicant, submission, now=NOW)
    content_for(Actor(), submission, now=NOW)
    content_for(make_actor(account=make_account()), submission, now=NOW, reviewer=True)
    assert shown() == set()

    content_for(desk, submission, now=NOW)
    assert shown() == {(desk.account_id, person.pk, "calls.named", submission.ref.number)}
    account = sign_in_with(client, "desk.read")
    client.get(reverse("desk_calls:submission", args=[submission.ref.number]))
    assert (account.pk, person.pk, "calls.named", submission.ref.number) in shown()
    row = Disclosure.objects.get(reader=account)
    assert (row.fields, row.why, in_words([row])[0]["why"]) == (
        "Contact", "desk.read", "Read what the secretariat reads",
    )  # fmt: skip


def test_names_on_a_letter(client):
    person = make_person()
    letter = make_letter(
        by=make_staff(), recipients=[To(name="Somebody", email="a@example.org", person=person)]
    )
    account = sign_in_with(client, "desk.read")

    client.get(reverse("desk_correspondence:letter", args=[letter.ref.number]))
    assert shown() == {(account.pk, person.pk, "correspondence.recipients", letter.ref.number)}


def test_an_account_and_its_address(client):
    owner, account = make_account(), sign_in_with(client, "security.administer")
    client.get(reverse("desk_accounts:account", args=[owner.pk]))

    assert shown() == {(account.pk, owner.pk, "accounts.address", "")}


def test_a_list_of_people_taken_out(client):
    one, other = (
        make_person(given_name="Ada", family_name="A"),
        make_person(given_name="Bea", family_name="B"),
    )
    account = sign_in_with(client, "desk.read")

    client.get(reverse("desk_people:people"))
    assert shown() == set()
    client.get(reverse("desk_people:people"), {"q": "Ada", "export": "csv"})
    assert shown() == {(account.pk, one.pk, "people.list", "")}
    b"".join(client.get(reverse("desk_people:people"), {"export": "xlsx"}).streaming_content)
    assert {owner for _reader, owner, _what, _about in shown()} == {one.pk, other.pk}


def test_its_owner_reads_it_and_nobody_elses():
    owner, other = make_person(account=make_account()), make_person(account=make_account())
    who = make_person(given_name="Reading", family_name="Staff", account=make_account())
    by = make_actor(account=who.account, person=who)
    disclose(owners=[owner.pk, owner.account_id, other.pk], what="people.list", actor=by, now=NOW)

    rows = list(disclosures_about(make_actor(account=owner.account, person=owner)))
    assert {row.owner_id for row in rows} == {owner.pk, owner.account_id}
    assert {it["reader"] for it in in_words(rows)} == {"Reading Staff"}


@pytest.mark.parametrize(
    ("right", "number"),
    [("audit.read", 1), ("security.administer", 0), ("desk.run", 0), ("system.administer", 0)],
)
def test_all_of_them_are_for_the_auditor(right, number):
    disclose(owners=[make_person().pk], what="people.list", actor=reader(), now=NOW)

    assert every_disclosure(make_actor(right)).count() == number
