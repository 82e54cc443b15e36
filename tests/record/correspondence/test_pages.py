import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from secretariat.record.correspondence.actions import To
from secretariat.record.correspondence.models import Incoming, Letter
from secretariat.record.tasks.duties import duties_of
from tests.factories.accounts import NOW
from tests.factories.correspondence import (
    as_staff,
    make_incoming,
    make_letter,
    make_letter_for_signature,
    make_signed_letter,
    make_staff,
)

pytestmark = pytest.mark.django_db


def enter(client, right="desk.run"):
    person = make_staff(right)
    client.force_login(person.account)
    return person


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("letters", lambda: make_letter(recipients=[To(name="A"), To(name="B")])),
        ("all_incoming", make_incoming),
    ],
)
def test_a_list_costs_the_same_for_one_and_three(client, name, make):
    enter(client)
    path = reverse(f"desk_correspondence:{name}")
    make()
    client.get(path)
    with CaptureQueriesContext(connection) as for_one:
        client.get(path)
    make(), make()
    with CaptureQueriesContext(connection) as for_three:
        page = client.get(path)

    assert page.content.decode().count('scope="row"') == 3
    assert len(for_one) == len(for_three) <= 16


def test_a_letter_is_written_put_up_signed_and_sent_through_the_pages(client):
    drafter, signer = enter(client), make_staff()
    written = {
        "subject": "Invitation", "recipients": "Example Institute 001 <office@example.org>\nExample Person 002",
        "text": "You are invited.", "language": "en", "signer": signer.pk,
    }  # fmt: skip
    page = client.post(reverse("desk_correspondence:new"), written).headers["Location"]
    client.post(f"{page}put-up/")
    client.post(f"{page}sign/")  # not hers to sign
    letter = Letter.objects.get()
    assert letter.state == "for_signature"

    client.force_login(signer.account)
    assert "Sign" in client.get(page).content.decode()
    client.post(f"{page}sign/")
    client.force_login(drafter.account)
    client.post(f"{page}send/")

    letter.refresh_from_db()
    assert (letter.state, letter.signer, letter.drafter) == ("sent", signer, drafter)
    assert set(letter.recipients.values_list("name", "email")) == {
        ("Example Institute 001", "office@example.org"), ("Example Person 002", ""),
    }  # fmt: skip
    assert "You are invited." in client.get(f"{page}paper/").content.decode()


def test_a_wrong_address_is_told_with_its_line_and_nothing_is_kept(client):
    enter(client)
    written = {
        "subject": "x", "recipients": "A <a@example.org>\nB <b@>", "text": "x", "language": "en",
        "signer": make_staff().pk,
    }  # fmt: skip

    page = client.post(reverse("desk_correspondence:new"), written)

    assert (page.status_code, Letter.objects.count()) == (422, 0)
    assert "Line 2" in page.content.decode()


def test_what_came_in_is_registered_taken_and_answered(client):
    staff = enter(client)
    sent = {
        "subject": "A question",
        "sender": "Example Institute",
        "received_on": "2022-05-30",
        "medium": "post",
    }
    page = client.post(reverse("desk_correspondence:new_incoming"), sent).headers["Location"]

    client.post(f"{page}take/")

    came = Incoming.objects.get()
    assert came.owner == staff
    answer = client.get(reverse("desk_correspondence:new"), {"answers": came.ref.number}).content.decode()
    assert "Re: A question" in answer


def test_letters_are_duties_of_whoever_is_to_sign_or_to_answer():
    signer = make_staff()
    make_letter_for_signature(signer=signer, subject="Invitation")
    make_incoming(owner=signer, subject="Theirs")
    make_incoming(subject="Anybody's")
    make_incoming(owner=make_staff(), subject="Another's")

    titles = {duty.title for duty in duties_of(as_staff(signer), "desk", NOW)}

    assert titles == {"Sign “Invitation”", "Answer “Theirs”", "Answer “Anybody's”"}


def test_a_signed_letter_is_its_drafters_to_send():
    letter = make_signed_letter(subject="Invitation")

    assert {duty.title for duty in duties_of(as_staff(letter.drafter), "desk", NOW)} == {"Send “Invitation”"}
    assert duties_of(as_staff(letter.signer), "desk", NOW) == []


@pytest.mark.parametrize(
    ("right", "name", "status"),
    [
        ("desk.run", "letters", 200), ("desk.read", "letters", 200), ("audit.read", "letters", 404),
        ("desk.run", "new", 200), ("desk.read", "new", 404), ("audit.read", "new", 404),
        ("desk.run", "all_incoming", 200), ("desk.read", "all_incoming", 200), ("audit.read", "all_incoming", 404),
        ("desk.run", "new_incoming", 200), ("desk.read", "new_incoming", 404), ("audit.read", "new_incoming", 404),
    ],
)  # fmt: skip
def test_who_may_see_what(client, right, name, status):
    enter(client, right)

    assert client.get(reverse(f"desk_correspondence:{name}")).status_code == status
