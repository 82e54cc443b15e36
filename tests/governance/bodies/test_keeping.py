"""Bodies established, their seats given and taken, at the desk."""

from datetime import date

import pytest
from django.urls import reverse

from secretariat.foundation.audit.models import Act
from secretariat.governance.bodies.models import Body, Seat, Term
from tests.factories.bodies import make_body, make_seat, make_term
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.factories.staff import sign_in_with

pytestmark = pytest.mark.django_db


def address(name, body, *more):
    return reverse(f"desk_bodies:{name}", args=[body.ref.number, *more])


@pytest.fixture
def desk(client):
    sign_in_with(client, "desk.run")
    return client


def test_a_body_is_established_and_its_key_is_given_once(desk):
    typed = {
        "name_en": "Example Council",
        "name_zh": "示例理事会",
        "key": "council",
        "flags": ["elects", "decides"],
    }

    desk.post("/desk/bodies/new/", typed | {"term_years": "5"})
    again = desk.post("/desk/bodies/new/", typed)

    body = Body.objects.get()
    assert (body.flags, body.term_years, body.position) == (["decides", "elects"], 5, 0)
    assert again.status_code == 422 and list(again.context["form"].errors) == ["key"]


def test_a_change_keeps_what_was_not_typed_and_refuses_circles(desk):
    above = make_body(flags=("decides",))
    below = make_body(parent=above)
    typed = {
        "name_en": above.name_en,
        "name_zh": "新名",
        "flags": ["decides", "reviews"],
        "position": above.position,
    }

    desk.post(address("change", above), typed)
    above.refresh_from_db()
    assert (above.name_zh, above.flags) == ("新名", ["reviews", "decides"])
    assert above.ref.title == {"en": above.name_en, "zh-hans": "新名"}

    circle = desk.post(address("change", above), typed | {"parent": below.pk})
    assert circle.status_code == 422 and "answer to itself" in circle.content.decode()


def test_several_seats_at_once_and_one_renamed(desk):
    body = make_body()

    desk.post(address("add_seats", body), {"number": "3", "holder": "organisation"})
    assert list(body.seats.values_list("key", "holder")) == [
        (f"seat-{n:02d}", "organisation") for n in (1, 2, 3)
    ]

    desk.post(address("change_seat", body, "seat-02"), {"title_en": "Host", "position": "9"})
    assert Seat.objects.get(key="seat-02").title_en == "Host"


def test_a_seat_is_given_succeeded_and_ended(desk):
    seat, first, second = make_seat(), make_person("Ana", "Example"), make_person("Bo", "Example")
    body = seat.body

    desk.post(
        address("appoint", body, seat.key),
        {"person": "Ana Example", "role": "chair", "starts_on": "2022-01-01"},
    )
    term = Term.objects.get()
    desk.post(address("succeed", body, term.pk), {"person": second.ref.number, "starts_on": "2023-07-01"})
    new = Term.objects.get(person=second)
    desk.post(address("end_term", body, new.pk), {"ends_on": "2024-01-31"})

    held = Term.objects.order_by("starts_on").values_list("person", "role", "starts_on", "ends_on")
    assert list(held) == [
        (first.pk, "chair", date(2022, 1, 1), date(2023, 6, 30)),
        (second.pk, "chair", date(2023, 7, 1), date(2024, 1, 31)),
    ]
    assert set(Act.objects.values_list("verb", flat=True)) >= {"seat_given", "seat_succeeded", "term_ended"}


def test_a_successor_who_cannot_sit_leaves_the_present_holder(desk):
    body = make_body()
    term, other = make_term(body), make_term(body)

    answer = desk.post(
        address("succeed", body, term.pk), {"person": other.person.ref.number, "starts_on": "2023-07-01"}
    )

    term.refresh_from_db()
    assert answer.status_code == 422 and term.ends_on is None


def test_an_organisations_seat_asks_for_it_and_perhaps_for_its_delegate(desk):
    seat, organisation = make_seat(holder="organisation"), make_organisation("Example Group")
    path = address("appoint", seat.body, seat.key)

    missing = desk.post(path, {"person": "", "role": "member", "starts_on": "2022-01-01"})
    assert list(missing.context["form"].errors) == ["organisation"]

    desk.post(path, {"organisation": "Example Group", "role": "member", "starts_on": "2022-01-01"})
    assert Term.objects.get().organisation == organisation


def test_the_page_offers_what_can_be_done_to_who_may(client):
    term = make_term()
    empty = make_seat(term.seat.body)
    ways = [address("succeed", term.seat.body, term.pk), address("appoint", term.seat.body, empty.key)]
    for right, offered in (("desk.read", False), ("desk.run", True)):
        sign_in_with(client, right)
        page = client.get(address("body", term.seat.body)).content.decode()
        assert {way in page for way in ways} == {offered}
        assert {client.get(way).status_code for way in ways} == {200 if offered else 404}
