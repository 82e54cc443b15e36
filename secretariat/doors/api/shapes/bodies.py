"""Bodies as everybody reads them: who sits and acts, what they may decide, what they delegated."""

from datetime import date
from typing import Self

from ninja import Field, Schema

from secretariat.doors.api.shapes.basic import Words
from secretariat.governance.bodies.composition import Composition, Holding
from secretariat.governance.bodies.models import Body, CallIn, Term
from secretariat.governance.powers.models import Delegation, Power


class PublicBodyLine(Schema):
    """A body with its seats today."""

    key: str
    number: str
    name: Words
    flags: list[str] = Field(description="What it is and does.")
    seats: int
    held: int
    meets_every_years: int | None

    @classmethod
    def of(cls, row: Body) -> Self:
        return cls(
            key=row.key, number=row.ref.number, name=Words.of(row, "name"), flags=row.flags, seats=row.seats_there,
            held=row.seats_held, meets_every_years=row.meets_every_years,
        )  # fmt: skip


class SeatShape(Schema):
    """A seat on a day. An organisation's delegate or alternate is not named; a last day to come is not told."""

    seat: str
    holder: Words | None
    role: str | None
    since: date | None
    alternate_acts: bool
    alternate: Words | None = Field(description="Who acts for it, where she is named.")

    @classmethod
    def of(cls, held: Holding) -> Self:
        term, call = held.term, held.called
        return cls(
            seat=held.seat.key, holder=_name(term) if term else None, role=term.role if term else None,
            since=term.starts_on if term else None, alternate_acts=call is not None, alternate=_alternate(call),
        )  # fmt: skip


class PowerShape(Schema):
    """A matter that the rules give to the body to decide."""

    name: Words
    rests_on: str
    starts_on: date

    @classmethod
    def of(cls, row: Power) -> Self:
        return cls(name=Words.of(row, "name"), rests_on=row.rests_on, starts_on=row.starts_on)


class DelegationShape(Schema):
    """A power that one body lets another use."""

    power: Words
    of_body: str = Field(description="The key of the body whose power it is.")
    to_body: str = Field(description="The key of the body that may use it.")
    scope: Words
    rests_on: str
    decision: str | None = Field(description="The number of the decision it rests on.")
    starts_on: date
    ends_on: date | None

    @classmethod
    def of(cls, row: Delegation) -> Self:
        return cls(
            power=Words.of(row.power, "name"), of_body=row.power.body.key, to_body=row.to.key,
            scope=Words.of(row, "scope"), rests_on=row.rests_on, starts_on=row.starts_on, ends_on=row.ends_on,
            decision=row.decision.number if row.decision else None,
        )  # fmt: skip


class PublicBody(PublicBodyLine):
    """A body as it was composed on a day, with its powers."""

    on: date
    composed_since: date | None
    composition: list[SeatShape]
    powers: list[PowerShape]
    delegations: list[DelegationShape]

    @classmethod
    def of_one(cls, row: Body, composed: Composition, powers: list[Power], given: list[Delegation]) -> Self:
        return cls(
            **PublicBodyLine.of(row).dict(), on=composed.on, composed_since=composed.since,
            composition=[SeatShape.of(each) for each in composed.holdings],
            powers=[PowerShape.of(each) for each in powers], delegations=[DelegationShape.of(each) for each in given],
        )  # fmt: skip


def _name(term: Term) -> Words:
    if term.organisation is not None:
        return Words.of(term.organisation, "name")
    return Words(en=term.person.name_in("en"), zh=term.person.name_zh)


def _alternate(call: CallIn | None) -> Words | None:
    return None if call is None or call.term.organisation_id else _name(call.term)
