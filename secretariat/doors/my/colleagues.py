"""Who has which role in the organisations the acting person represents."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from secretariat.foundation.accounts.queries import in_force
from secretariat.registry.organisations.models import Organisation
from secretariat.registry.people.models import Affiliation, Person
from secretariat.registry.people.states import AffiliationRole

GIVEN = (AffiliationRole.REPRESENTATIVE, AffiliationRole.FINANCE, AffiliationRole.PRESS)


@dataclass(frozen=True)
class Colleague:
    """A person of an organisation, the affiliations she holds there, and the roles she could still be given."""

    person: Person
    held: Sequence[Affiliation]

    @property
    def roles(self) -> list[Affiliation]:
        return [row for row in self.held if row.role in GIVEN]

    @property
    def open_roles(self) -> list[AffiliationRole]:
        return [role for role in GIVEN if role not in {row.role for row in self.held}]


@dataclass(frozen=True)
class House:
    """An organisation with its people."""

    organisation: Organisation
    colleagues: Sequence[Colleague]


def houses_of(organisations: Sequence[Organisation], on: date) -> list[House]:
    """Return the people of these organisations on a day, by name. One statement."""
    rows = Affiliation.objects.filter(in_force(on), organisation__in=organisations, person__canonical=None)
    people: dict[tuple[object, object], list[Affiliation]] = {}
    for row in rows.select_related("person__ref").order_by("person__sort_key", "person", "starts_on"):
        people.setdefault((row.organisation_id, row.person_id), []).append(row)
    return [
        House(
            organisation,
            [
                Colleague(held[0].person, held)
                for (place, _), held in people.items()
                if place == organisation.pk
            ],
        )
        for organisation in organisations
    ]
