from datetime import date

import pytest
from django.db import IntegrityError, transaction

from secretariat.foundation.accounts.actor import NotAllowed
from secretariat.governance.bodies.actions import add_seat, appoint, end_term, establish_body
from secretariat.governance.bodies.models import Body, Term
from secretariat.simulation.profile import load_profile
from tests.factories.accounts import NOW, make_actor
from tests.factories.bodies import make_body, make_seat, make_term
from tests.factories.editions import make_edition
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.factories.places import WIC

pytestmark = pytest.mark.django_db
DESK = make_actor("desk.run")
MAY, JUNE, JULY = (date(2024, month, 1) for month in (5, 6, 7))


def test_a_body_is_what_its_flags_say():
    parent = make_body("assembly", flags=["supreme"])

    body = make_body("council", flags=["decides", "executive"], parent=parent, term_years=5)

    assert (body.flags, body.parent, body.position, body.term_years) == (
        ["executive", "decides"],
        parent,
        1,
        5,
    )
    assert body.ref.kind == "body"
    assert body.ref.title == {"en": "Council", "zh-hans": "机构council"}
    with pytest.raises(ValueError, match="'loud' is nothing a body is or does"):
        make_body(flags=["loud"])


def test_every_body_of_the_profile_can_be_established():
    bodies = load_profile(WIC).bodies
    for body in bodies:
        make_body(
            body.key, flags=body.flags, name_en=body.name.en, name_zh=body.name.zh, position=body.order
        )  # fmt: skip

    assert [(b.key, frozenset(b.flags)) for b in Body.objects.order_by("position")] == [
        (body.key, body.flags) for body in sorted(bodies, key=lambda body: body.order)
    ]


def test_the_same_committee_is_made_for_each_edition():
    editions = [make_edition(), make_edition()]
    for edition in (*editions, None):
        make_body("committee", edition=edition)

    with pytest.raises(IntegrityError, match="body_once"), transaction.atomic():
        make_body("committee")
    assert Body.objects.count() == 3


def test_seats_are_numbered_in_their_order():
    body = make_body()
    seats = [make_seat(body), make_seat(body, key="chair"), make_seat(body)]

    assert [(seat.key, seat.position) for seat in seats] == [("seat-01", 1), ("chair", 2), ("seat-03", 3)]
    with pytest.raises(ValueError, match="'machine' holds no seat"):
        make_seat(body, holder="machine")


@pytest.mark.parametrize(
    ("holder", "person", "organisation", "refused"),
    [
        ("person", True, False, None),
        ("person", False, True, "is a person's"),
        ("person", True, True, "is a person's"),
        ("person", False, False, "is a person's"),
        ("organisation", False, True, None),
        ("organisation", True, True, None),
        ("organisation", True, False, "is an organisation's"),
        ("organisation", False, False, "is an organisation's"),
    ],
)
def test_a_holder_fits_the_seat(holder, person, organisation, refused):
    seat = make_seat(holder=holder)

    def give():
        return appoint(
            seat=seat,
            person=make_person() if person else None,
            organisation=make_organisation() if organisation else None,
            starts_on=MAY,
            actor=DESK,
            now=NOW,
        )

    if refused:
        with pytest.raises(ValueError, match=refused):
            give()
        assert not Term.objects.exists()
    else:
        assert give() == Term.objects.get()


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "free"),
    [
        (date(2024, 4, 1), date(2024, 4, 30), True),
        (date(2024, 4, 1), MAY, False),
        (date(2024, 5, 15), date(2024, 5, 16), False),
        (JUNE, None, False),
        (date(2024, 6, 2), None, True),
        (date(2024, 4, 1), None, False),
    ],
)
def test_a_seat_has_one_holder_at_a_time_and_both_days_count(starts_on, ends_on, free):
    seat = make_seat()
    make_term(seat=seat, starts_on=MAY, ends_on=JUNE)

    if free:
        make_term(seat=seat, starts_on=starts_on, ends_on=ends_on)
    else:
        with pytest.raises(ValueError, match="held already"):
            make_term(seat=seat, starts_on=starts_on, ends_on=ends_on)
    assert Term.objects.count() == 1 + free


def test_an_alternate_stands_beside_the_holder():
    seat = make_seat()
    make_term(seat=seat)
    make_term(seat=seat, role="alternate")

    with pytest.raises(ValueError, match="held already"):
        make_term(seat=seat, role="alternate")


def test_the_database_refuses_two_holders_at_a_time():
    term = make_term()
    with pytest.raises(IntegrityError, match="term_one_holder_at_a_time"), transaction.atomic():
        Term.objects.create(seat=term.seat, person=make_person(), starts_on=MAY)
    with pytest.raises(IntegrityError, match="term_has_holder"), transaction.atomic():
        Term.objects.create(seat=make_seat(), starts_on=MAY)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "role", "refused"),
    [
        (date(2024, 6, 2), None, "member", False),
        (date(2024, 1, 1), date(2024, 4, 30), "chair", False),
        (JUNE, None, "member", True),
        (date(2024, 1, 1), None, "chair", True),
        (MAY, JUNE, "alternate", False),
        (MAY, JUNE, "secretary", False),
    ],
)
def test_a_person_sits_once_in_a_body(starts_on, ends_on, role, refused):
    body, person = make_body(), make_person()
    make_term(body, person, starts_on=MAY, ends_on=JUNE)
    make_term(make_body(), person)

    if refused:
        with pytest.raises(ValueError, match="sits in the body already"):
            make_term(body, person, starts_on=starts_on, ends_on=ends_on, role=role)
    else:
        make_term(body, person, starts_on=starts_on, ends_on=ends_on, role=role)


def test_a_term_ends_earlier_but_never_later_nor_before_it_starts():
    term = make_term(starts_on=MAY, ends_on=JULY)

    assert end_term(term=term, ends_on=JUNE, actor=DESK, now=NOW).ends_on == JUNE
    with pytest.raises(ValueError, match="has ended already"):
        end_term(term=term, ends_on=JULY, actor=DESK, now=NOW)
    with pytest.raises(ValueError, match="before it starts"):
        end_term(term=term, ends_on=date(2024, 4, 30), actor=DESK, now=NOW)
    with pytest.raises(ValueError, match="before it starts"):
        make_term(starts_on=MAY, ends_on=date(2024, 4, 30))
    assert Term.objects.get().ends_on == JUNE


def test_a_role_is_one_there_is():
    with pytest.raises(ValueError, match="'king' is no role in a body"):
        make_term(role="king")


@pytest.mark.parametrize(
    ("actor", "allowed"),
    [
        (make_actor("desk.run"), True),
        (make_actor("system.run"), True),
        (make_actor(door="command"), True),
        (make_actor("desk.read"), False),
        (make_actor("body.chair"), False),
        (make_actor(), False),
    ],
)
def test_who_keeps_bodies(actor, allowed):
    asked = {"actor": actor, "now": NOW}
    seat, term = make_seat(), make_term()
    attempts = (
        lambda: establish_body(key="k", name_en="K", name_zh="K", flags=["decides"], **asked),
        lambda: add_seat(body=seat.body, **asked),
        lambda: appoint(seat=seat, person=make_person(), starts_on=MAY, **asked),
        lambda: end_term(term=term, ends_on=MAY, **asked),
    )
    for attempt in attempts:
        if allowed:
            attempt()
        else:
            with pytest.raises(NotAllowed):
                attempt()
