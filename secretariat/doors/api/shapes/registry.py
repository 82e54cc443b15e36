"""What the desk reads of the registry: people, organisations, members, bodies."""

from datetime import date, datetime
from typing import Self

from ninja import Field, Schema

from secretariat.doors.api.shapes.basic import OrganisationName, PersonName, Words
from secretariat.doors.api.shapes.public import MembershipPart
from secretariat.governance.bodies.models import Body, Term
from secretariat.governance.membership.models import Member, Membership, Representative
from secretariat.registry.organisations.models import Organisation
from secretariat.registry.organisations.states import OrganisationKind
from secretariat.registry.people.models import Affiliation, Person


class PersonLine(PersonName):
    """A person as the registry keeps her."""

    country: str | None
    orcid: str
    languages: list[str]
    organisation: str | None = Field(description="Where she is today, the latest, by name in your language.")
    has_account: bool
    simulated: bool
    recorded_at: datetime

    @classmethod
    def of(cls, person: Person) -> Self:
        return cls(
            **PersonName.of(person).dict(), country=person.country.alpha2 if person.country else None,
            orcid=person.orcid, languages=person.languages, organisation=person.organisation_name,
            has_account=person.account_id is not None, simulated=person.simulated, recorded_at=person.created_at,
        )  # fmt: skip


class AffiliationPart(Schema):
    """A person's place in an organisation, the days both included."""

    number: str
    organisation: Words
    role: str
    title: Words
    starts_on: date
    ends_on: date | None

    @classmethod
    def of(cls, row: Affiliation) -> Self:
        return cls(
            number=row.organisation.ref.number, organisation=Words.of(row.organisation, "name"), role=row.role,
            title=Words.of(row, "title"), starts_on=row.starts_on, ends_on=row.ends_on,
        )  # fmt: skip


class PersonWhole(PersonLine):
    """A person with every place she has or had."""

    given_name: str
    family_name: str
    honorific: str
    affiliations: list[AffiliationPart]

    @classmethod
    def of_one(cls, person: Person, affiliations: list[Affiliation]) -> Self:
        return cls(
            **PersonLine.of(person).dict(), given_name=person.given_name, family_name=person.family_name,
            honorific=person.honorific, affiliations=[AffiliationPart.of(row) for row in affiliations],
        )  # fmt: skip


class OrganisationLine(OrganisationName):
    """An organisation as the registry keeps it."""

    number: str
    kind: str
    acronym: str
    parent: str | None = Field(description="The number of the organisation it belongs to.")
    ror: str
    website: str
    simulated: bool
    recorded_at: datetime

    @classmethod
    def of(cls, row: Organisation) -> Self:
        return cls(
            **OrganisationName.of(row).dict(), number=row.ref.number, kind=row.kind, acronym=row.acronym,
            parent=row.parent.ref.number if row.parent else None, ror=row.ror, website=row.website,
            simulated=row.simulated, recorded_at=row.created_at,
        )  # fmt: skip


class OrganisationWords(Schema):
    """What the registry keeps of an organisation; a name in English or in Chinese."""

    name: Words
    kind: OrganisationKind
    names: dict[str, str] = Field({}, description="Names in further languages, by the language's code.")
    acronym: str = Field("", max_length=40)
    country: str | None = Field(None, max_length=2, description="Two letters.")
    parent: str | None = Field(
        None, max_length=60, description="The number of the organisation it belongs to."
    )
    ror: str = Field("", max_length=60)
    website: str = Field("", max_length=200)
    email_domains: list[str] = Field([], max_length=20)


class Inside(Schema):
    """Somebody who is or was with an organisation."""

    person: PersonName
    role: str
    title: Words
    starts_on: date
    ends_on: date | None

    @classmethod
    def of(cls, row: Affiliation) -> Self:
        return cls(
            person=PersonName.of(row.person), role=row.role, title=Words.of(row, "title"),
            starts_on=row.starts_on, ends_on=row.ends_on,
        )  # fmt: skip


class OrganisationWhole(OrganisationLine):
    """An organisation with its parts and everybody who is or was with it."""

    email_domains: list[str]
    parts: list[str]
    people: list[Inside]

    @classmethod
    def of_one(cls, row: Organisation, parts: list[Organisation], people: list[Affiliation]) -> Self:
        return cls(
            **OrganisationLine.of(row).dict(), email_domains=row.email_domains,
            parts=[part.ref.number for part in parts], people=[Inside.of(each) for each in people],
        )  # fmt: skip


class MemberOfDesk(Schema):
    """A member, also one that has left."""

    number: str
    kind: str = Field(description="`organisation` or `person`.")
    holder: str = Field(description="The number of the organisation or person.")
    name: Words
    country: str | None
    state: str
    category: str | None = Field(description="Today's, by key; none for who is no member today.")
    since: date | None

    @classmethod
    def of(cls, row: Member) -> Self:
        holder = row.organisation or row.person
        english = holder.name_en if row.organisation else holder.name_in("en")
        return cls(
            number=row.ref.number, kind="organisation" if row.organisation else "person",
            holder=holder.ref.number, name=Words(en=english, zh=holder.name_zh or ""), country=row.country_code,
            state=row.state, category=row.category_key, since=row.since,
        )  # fmt: skip


class Spokesperson(Schema):
    """Who represents or represented a member."""

    person: PersonName
    starts_on: date
    ends_on: date | None

    @classmethod
    def of(cls, row: Representative) -> Self:
        return cls(person=PersonName.of(row.person), starts_on=row.starts_on, ends_on=row.ends_on)


class MemberOfDeskWhole(MemberOfDesk):
    """A member with every category it has had and everybody who spoke for it."""

    history: list[MembershipPart]
    representatives: list[Spokesperson]

    @classmethod
    def of_one(cls, row: Member, held: list[Membership], spoken: list[Representative]) -> Self:
        return cls(
            **MemberOfDesk.of(row).dict(), history=[MembershipPart.of(each) for each in held],
            representatives=[Spokesperson.of(each) for each in spoken],
        )  # fmt: skip


class BodyLine(Schema):
    """A body with its seats today."""

    number: str
    key: str
    name: Words
    flags: list[str] = Field(description="What it is and does.")
    edition: int | None = Field(description="The year of its edition, where it is of one only.")
    parent: str | None
    seats: int
    held: int

    @classmethod
    def of(cls, row: Body) -> Self:
        return cls(
            number=row.ref.number, key=row.key, name=Words.of(row, "name"), flags=row.flags,
            edition=row.edition.year if row.edition else None,
            parent=row.parent.ref.number if row.parent else None, seats=row.seats_there, held=row.seats_held,
        )  # fmt: skip


class TermPart(Schema):
    """Who holds or held a seat, the days both included."""

    seat: str
    person: PersonName | None
    organisation: str | None = Field(description="By number, where the seat is an organisation's.")
    role: str
    starts_on: date
    ends_on: date | None

    @classmethod
    def of(cls, row: Term) -> Self:
        return cls(
            seat=row.seat.key, person=PersonName.of(row.person),
            organisation=row.organisation.ref.number if row.organisation else None, role=row.role,
            starts_on=row.starts_on, ends_on=row.ends_on,
        )  # fmt: skip


class BodyWhole(BodyLine):
    """A body with every term there has been, seat by seat, the latest first."""

    terms: list[TermPart]

    @classmethod
    def of_one(cls, row: Body, terms: list[Term]) -> Self:
        return cls(**BodyLine.of(row).dict(), terms=[TermPart.of(term) for term in terms])
