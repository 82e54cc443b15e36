"""Members for those who speak for them and for the desk: standing, events, the entry in the directory."""

from datetime import date
from decimal import Decimal
from typing import Literal, Self
from uuid import UUID

from ninja import Field, Schema

from secretariat.doors.api.shapes.basic import Named, PersonName, Words
from secretariat.governance.membership.logic import Stands
from secretariat.governance.membership.models import Conditions, DirectoryEntry, Event, Member, Representative
from secretariat.governance.membership.states import Part

MemberAct = Literal["renew", "category", "suspend", "reinstate", "override", "lift", "end", "hide"]


class StandingShape(Schema):
    """How a member stands on a day, by rule or by hand."""

    on: date
    standing: str = Field(description="`coming`, `current`, `grace`, `lapsed`, `suspended` or `ended`.")
    is_good: bool = Field(description="Whether it may do on that day what members do.")
    paid_until: date | None
    by_hand: bool

    @classmethod
    def of(cls, found: Stands, on: date) -> Self:
        return cls(
            on=on, standing=found.standing, is_good=found.is_good, paid_until=found.paid_until,
            by_hand=found.is_override,
        )  # fmt: skip


class EventShape(Schema):
    """Something that happened to a member, from a day on."""

    kind: str
    on: date
    until: date | None
    standing: str = Field(description="What was decided by hand, where that happened.")
    reason: str

    @classmethod
    def of(cls, row: Event) -> Self:
        return cls(kind=row.kind, on=row.on, until=row.until, standing=row.standing, reason=row.reason)


class SpeakerShape(Schema):
    """Who speaks for a member, from when to when."""

    id: UUID
    person: PersonName
    starts_on: date
    ends_on: date | None
    casts_vote: bool
    is_named: bool = Field(description="Whether she agrees to be named in the directory.")

    @classmethod
    def of(cls, row: Representative) -> Self:
        return cls(
            id=row.pk, person=PersonName.of(row.person), starts_on=row.starts_on, ends_on=row.ends_on,
            casts_vote=row.is_voting, is_named=row.is_named,
        )  # fmt: skip


class EntryWords(Schema):
    """What a member says of itself, and which parts everybody reads; it takes the place of what stands."""

    description: Words = Words()
    website: str = Field("", max_length=200)
    contact: str = Field("", max_length=300)
    accounts: list[str] = Field([], max_length=10)
    shown: list[Part] = Field([], description="The parts that everybody reads; at first none.")

    @classmethod
    def of(cls, row: DirectoryEntry) -> Self:
        return cls(
            description=Words.of(row, "description"), website=row.website, contact=row.contact, accounts=row.accounts,
            shown=[Part(part) for part in row.shown],
        )  # fmt: skip


class MyMember(Schema):
    """A member I speak for."""

    number: str
    name: Words
    state: str
    standing: StandingShape
    entry: EntryWords

    @classmethod
    def of(cls, row: Member, stands: Stands, entry: DirectoryEntry, on: date) -> Self:
        holder = row.organisation or row.person
        return cls(
            number=row.ref.number, name=Words(en=holder.name_in("en"), zh=holder.name_zh or ""), state=row.state,
            standing=StandingShape.of(stands, on), entry=EntryWords.of(entry),
        )  # fmt: skip


class Agreement(Schema):
    """Whether I agree to be named as a representative."""

    agrees: bool


class ConditionsShape(Schema):
    """What a category asks and gives from one day to another, both included."""

    category: Named
    starts_on: date
    ends_on: date | None
    criteria: Words
    benefits: Words
    fee: Decimal | None = Field(description="A year; none: not recorded.")
    currency: str
    has_vote: bool
    weight: Decimal
    term_months: int | None
    grace_days: int
    takes_applications: bool

    @classmethod
    def of(cls, row: Conditions) -> Self:
        names = (
            "starts_on", "ends_on", "fee", "currency", "has_vote", "weight", "term_months", "grace_days",
            "takes_applications",
        )  # fmt: skip
        return cls(
            **{name: getattr(row, name) for name in names}, category=Named.of(row.category),
            criteria=Words.of(row, "criteria"), benefits=Words.of(row, "benefits"),
        )  # fmt: skip


class Admission(Schema):
    """Who is admitted: an organisation or a person by number, for a category by key."""

    category: str = Field(max_length=60)
    organisation: str | None = Field(None, max_length=60)
    person: str | None = Field(None, max_length=60)
    starts_on: date
    paid_until: date | None = None
    reason: str = Field("", max_length=500)


class MemberActing(Schema):
    """What an act on a member needs of this; the rest is left out.

    A reason for all that takes something away; `until` to renew and to decide by hand; `on` for the day a category
    begins or a membership ends.
    """

    reason: str = Field("", max_length=500)
    until: date | None = None
    on: date | None = None
    category: str | None = Field(None, max_length=60, description="By key.")
    standing: Literal["current", "grace", "lapsed"] | None = None
    resigned: bool = False


class SpeakerBeginning(Schema):
    """Somebody by number who is to speak for a member from a day on."""

    person: str = Field(max_length=60)
    starts_on: date
    ends_on: date | None = None
    casts_vote: bool = False


class OnDay(Schema):
    """A day from which, or until which, something holds."""

    on: date
