"""Who has which role in the organisations the acting person represents."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from secretariat.foundation.accounts.queries import in_force
from secretariat.governance.membership.models import Representative
from secretariat.registry.organisations.models import Organisation
from secretariat.registry.people.models import Affiliation, Person
from secretariat.registry.people.states import AffiliationRole

GIVEN = (AffiliationRole.REPRESENTATIVE, AffiliationRole.FINANCE, AffiliationRole.PRESS)


@dataclass(frozen=True)
class Colleague:
    """A person of an organisation, her affiliations there, and whether she speaks for it as a member.

    The first are recorded with the organisation, the last with the membership; one can be without the other.
    """

    person: Person
    held: Sequence[Affiliation]
    speaks: Representative | None = None

    @property
    def roles(self) -> list[Affiliation]:
        return [row for row in self.held if row.role in GIVEN]

    @property
    def open_roles(self) -> list[AffiliationRole]:
        """The roles she could still be given; none without an affiliation."""
        if not self.held:
            return []
        return [role for role in GIVEN if role not in {row.role for row in self.held}]


@dataclass(frozen=True)
class House:
    """An organisation with its people."""

    organisation: Organisation
    colleagues: Sequence[Colleague]


def houses_of(organisations: Sequence[Organisation], on: date) -> list[House]:
    """Return the people of these organisations on a day, by name. Two statements."""
    rows = Affiliation.objects.filter(in_force(on), organisation__in=organisations, person__canonical=None)
    held: dict[tuple[UUID, UUID], list[Affiliation]] = {}
    people: dict[UUID, dict[UUID, Person]] = {}
    for row in rows.select_related("person__ref").order_by("starts_on", "pk"):
        held.setdefault((row.organisation_id, row.person_id), []).append(row)
        people.setdefault(row.organisation_id, {})[row.person_id] = row.person
    speaking = _speaking_for(organisations, on)
    for (place, person), speaks in speaking.items():
        people.setdefault(place, {}).setdefault(person, speaks.person)
    return [
        House(
            organisation,
            [
                Colleague(person, held.get(key := (organisation.pk, person.pk), []), speaking.get(key))
                for person in sorted(
                    people.get(organisation.pk, {}).values(), key=lambda person: (person.sort_key, person.pk)
                )
            ],
        )
        for organisation in organisations
    ]


def _speaking_for(organisations: Sequence[Organisation], on: date) -> dict[tuple[UUID, UUID], Representative]:
    """Who speaks for these organisations as members: by organisation and person."""
    rows = Representative.objects.filter(
        in_force(on), member__organisation__in=organisations, person__canonical=None
    )
    return {
        (row.member.organisation_id, row.person_id): row
        for row in rows.select_related("member__ref", "person__ref").order_by("starts_on", "pk")
    }


def spoken_for(person: UUID, on: date) -> list[Representative]:
    """Return the members a person speaks for on a day, the longest first. One statement."""
    rows = Representative.objects.filter(in_force(on), person=person)
    return list(
        rows.select_related("member__ref", "member__organisation", "member__person").order_by(
            "starts_on", "pk"
        )
    )
