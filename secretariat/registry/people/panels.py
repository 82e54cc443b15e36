"""What people say on the page of an organisation, and what the ground knows on both pages."""

from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.ui.templatetags.ui import text
from secretariat.registry.organisations.rules import keeps_registry
from secretariat.registry.people.models import Affiliation, Person
from secretariat.registry.people.queries import every_affiliation_of, people_of_organisation
from secretariat.registry.refs.panels import Line, Panel, Way, address_of, panel_of_parts
from secretariat.registry.refs.queries import parts_of


def places_of_work(person: UUID, actor: Actor, on: date) -> Panel:
    """Where a person works and worked."""
    rows = every_affiliation_of(person)
    number = (
        Person.objects.values_list("ref__number", flat=True).get(pk=person) if keeps_registry(actor) else ""
    )
    lines = [
        Line(
            row.organisation, address_of("organisation", row.organisation.ref.number), _title(row), "", row.starts_on,
            row.ends_on, _is_past(row.ends_on, on), _ways(row, number),
        )
        for row in rows
    ]  # fmt: skip
    way = Way(_("Add"), reverse("desk_people:add_affiliation", args=[number])) if number else None
    return Panel(_("Affiliations"), lines, way)


def people_inside(organisation: UUID, _actor: Actor, on: date) -> Panel:
    """Who is and was with an organisation; who has left stands last."""
    rows = sorted(people_of_organisation(organisation), key=lambda row: _is_past(row.ends_on, on))
    lines = [
        Line(
            row.person, address_of("person", row.person.ref.number), _title(row), "", row.starts_on, row.ends_on,
            _is_past(row.ends_on, on),
        )
        for row in rows
    ]  # fmt: skip
    return Panel(_("People"), lines)


def things_of_person(person: UUID, _actor: Actor, _on: date) -> Panel:
    """What a person has a part in: submissions, honours, memberships."""
    return panel_of_parts(parts_of(person=person))


def _ways(row: Affiliation, number: str) -> list[Way]:
    if not number:
        return []
    return [Way(_("Change"), reverse("desk_people:change_affiliation", args=[number, row.pk]))]


def _title(row: Affiliation) -> str:
    return text(row, "title") or row.get_role_display()


def _is_past(ends_on: date | None, on: date) -> bool:
    return ends_on is not None and ends_on < on
