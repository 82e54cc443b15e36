"""The pages of privacy: what a person can do about her data, how the desk answers, what the auditor reads."""

import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone

from secretariat.foundation.accounts.actor import SYSTEM
from secretariat.foundation.privacy.actions import ask_erasure, disclose, make_export
from secretariat.foundation.privacy.models import Disclosure, Erasure, Export
from secretariat.record.tasks.duties import duties_of
from tests.factories.accounts import make_account, make_actor
from tests.factories.bodies import make_body, make_term
from tests.factories.people import make_person
from tests.factories.staff import just_signed_in, sign_in_with

pytestmark = pytest.mark.django_db
HOME = "my_privacy:privacy"


@pytest.fixture
def person(client):
    person = make_person(given_name="Ada", family_name="Owner", account=make_account())
    client.force_login(person.account)
    just_signed_in(client)
    return person


@pytest.fixture
def keeper(client):
    account = sign_in_with(client, "security.administer")
    just_signed_in(client)
    return account


def asked(person, now=None):
    actor = make_actor(account=person.account, person=person)
    return ask_erasure(note="Please.", number=person.ref.number, actor=actor, now=now or timezone.now())


def test_a_copy_asked_for_made_and_fetched(client, person):
    assert client.post(reverse("my_privacy:ask_copy")).url == reverse(HOME)
    export = Export.objects.get(account=person.account)
    assert "Your copy waits" in client.get(reverse(HOME)).content.decode()
    assert client.get(reverse("my_privacy:copy", args=[export.pk])).status_code == 404
    make_export(export_id=export.pk, actor=SYSTEM, now=timezone.now())

    path = reverse("my_privacy:copy", args=[export.pk])
    assert path in client.get(reverse(HOME)).content.decode()
    answer = client.get(path)
    with zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content))) as archive:
        assert "people.person.json" in archive.namelist()
    assert answer["Content-Type"] == "application/zip" and "no-store" in answer["Cache-Control"]


def test_the_copy_of_another_is_not_there(client, person):
    other = make_person(account=make_account())
    export = Export.objects.create(account=other.account, asked_at=timezone.now())
    make_export(export_id=export.pk, actor=SYSTEM, now=timezone.now())

    assert client.get(reverse("my_privacy:copy", args=[export.pk])).status_code == 404


def test_a_copy_is_handed_to_who_showed_a_short_while_ago_who_she_is(client, person):
    just_signed_in(client, ago=3600)

    assert client.post(reverse("my_privacy:ask_copy")).status_code == 302
    assert not Export.objects.exists()


def test_asking_to_be_forgotten_and_taking_it_back(client, person):
    make_term(make_body(), person)
    page = client.get(reverse("my_privacy:ask_erasure"))
    assert "a seat in a body" in page.content.decode()
    assert {line.holding.model for line in page.context["goes"]} >= {"people.Person", "accounts.Account"}

    client.post(reverse("my_privacy:ask_erasure"), {"note": ""})
    wish = Erasure.objects.get()
    assert (wish.number, wish.account, wish.person_id) == (person.ref.number, person.account, person.pk)
    assert reverse("my_privacy:withdraw", args=[wish.pk]) in client.get(reverse(HOME)).content.decode()
    client.post(reverse("my_privacy:withdraw", args=[wish.pk]))
    wish.refresh_from_db()
    assert wish.state == "withdrawn"


def test_the_wish_of_another_is_not_there(client, person):
    wish = asked(make_person(account=make_account()))

    assert client.post(reverse("my_privacy:withdraw", args=[wish.pk])).status_code == 404


def test_it_waits_at_the_desk_for_a_month():
    wish = asked(make_person(account=make_account()))
    now = timezone.now()
    duties = {
        right: duties_of(make_actor(right), "desk", now) for right in ("desk.run", "security.administer")
    }

    for [duty] in duties.values():
        assert duty.path == reverse("desk_privacy:wish", args=[wish.pk])
        assert timedelta(days=29) < duty.due - now < timedelta(days=32)
    assert duties_of(make_actor("desk.read"), "desk", now) == []


def test_the_desk_enters_a_letter(client):
    person = make_person()
    sign_in_with(client, "desk.run")
    path = reverse("desk_privacy:wishes")

    assert client.post(path, {"number": "PER-99999", "note": "x"}).context["form"].errors
    answer = client.post(path, {"number": person.ref.number.lower(), "note": "IN-2027-001"})
    wish = Erasure.objects.get()
    assert (answer.url, wish.person_id) == (reverse("desk_privacy:wish", args=[wish.pk]), person.pk)
    page = client.get(answer.url).content.decode()
    assert reverse("desk_privacy:erase", args=[wish.pk]) not in page


def test_who_only_reads_enters_nothing(client):
    sign_in_with(client, "desk.read")
    page = client.post(reverse("desk_privacy:wishes"), {"number": make_person().ref.number, "note": "x"})

    assert page.status_code == 200 and not Erasure.objects.exists()


def test_who_administers_security_sees_it_all_and_erases(client, keeper):
    person = make_person(account=make_account())
    wish = asked(person)
    path, erase = (reverse(f"desk_privacy:{name}", args=[wish.pk]) for name in ("wish", "erase"))
    page = client.get(path)
    assert erase in page.content.decode()
    assert {line.holding.model for line in page.context["stays"]} == {"audit.Act"}

    client.post(erase, {"typed": "no"})
    wish.refresh_from_db()
    assert wish.state == "asked"
    client.post(erase, {"typed": person.ref.number})
    wish.refresh_from_db()
    assert (wish.state, wish.note) == ("done", "")
    after = client.get(path).content.decode()
    assert "Rows erased or emptied" in after and erase not in after


def test_a_refusal_is_read_by_whoever_asked(client, keeper):
    person = make_person(account=make_account())
    wish = asked(person)
    client.post(reverse("desk_privacy:refuse", args=[wish.pk]), {"reason": "A law says so."})

    client.force_login(person.account)
    assert "A law says so." in client.get(reverse(HOME)).content.decode()


def test_what_still_runs_stands_where_the_button_would(client, keeper):
    person = make_person(account=make_account())
    make_term(make_body(), person)
    page = client.get(reverse("desk_privacy:wish", args=[asked(person).pk])).content.decode()

    assert "a seat in a body" in page and "Erase for good" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_lists_ask_the_same_whatever_their_length(client, person, count, django_assert_max_num_queries):
    for _ in range(count):
        reader = make_person(account=make_account())
        actor = make_actor("desk.read", account=reader.account, person=reader)
        disclose(owners=[person.pk], what="people.list", actor=actor, now=timezone.now())
    with django_assert_max_num_queries(17):
        page = client.get(reverse("my_privacy:looks"))
    assert len(page.context["looks"]) == count
    sign_in_with(client, "audit.read")
    with django_assert_max_num_queries(17):
        page = client.get(reverse("desk_privacy:disclosures"))
    assert {it["owner"] for it in page.context["looks"]} == {str(person)}


def test_reading_of_oneself_leaves_no_row(client, person):
    for name in (HOME, "my_privacy:looks", "my_privacy:ask_erasure"):
        assert client.get(reverse(name)).status_code == 200
    assert not Disclosure.objects.exists()


@pytest.mark.parametrize(
    "name", [HOME, "my_privacy:looks", "desk_privacy:wishes", "desk_privacy:disclosures"]
)
def test_a_stranger_is_sent_to_sign_in(client, name):
    assert client.get(reverse(name)).url.startswith("/sign-in/")
