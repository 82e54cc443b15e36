"""Letters on the pages of what they belong to."""

import pytest

from secretariat.record.correspondence.actions import To
from secretariat.registry.refs.panels import address_of, panels_of
from tests.factories.accounts import TODAY, make_actor
from tests.factories.correspondence import make_incoming, make_letter
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
DESK = make_actor("desk.read")


def lines(kind, thing, actor=DESK):
    found = [panel for panel in panels_of(kind, thing.pk, actor, TODAY) if panel.title == "Letters"]
    return {(line.number, line.path) for panel in found for line in panel.lines}


def test_a_person_shows_what_came_from_her_and_what_went_to_her_once():
    person = make_person()
    came = make_incoming(person=person)
    letter = make_letter(recipients=[To("A", person=person), To("B")])
    make_letter(), make_incoming()

    assert lines("person", person) == {
        (came.ref.number, f"/desk/letters/in/{came.ref.number}/"),
        (letter.ref.number, f"/desk/letters/{letter.ref.number}/"),
    }


def test_an_organisation_shows_its_letters_and_only_to_the_desk():
    house = make_organisation()
    letter = make_letter(recipients=[To("A", organisation=house), To("B", organisation=house)])

    assert lines("organisation", house) == {(letter.ref.number, address_of("letter", letter.ref.number))}
    assert lines("organisation", house, make_actor()) == set()
