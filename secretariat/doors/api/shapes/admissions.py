"""Applications for membership, their sponsors, and prospects."""

from datetime import date, datetime
from typing import Any, Literal, Self
from uuid import UUID

from ninja import Field, Schema

from secretariat.doors.api.shapes.basic import Named, OrganisationName, PersonName, Words
from secretariat.governance.admissions.models import Application, Check, Inquiry, Prospect, Sponsor
from secretariat.governance.admissions.states import CheckState

ApplicationAct = Literal["ask", "sponsor", "refuse", "ballot", "letter"]


def holder_of(row: Any) -> Words:
    """The name of an organisation or of a person, whichever a row is of."""
    holder = row.organisation or row.person
    return Words(en=holder.name_in("en"), zh=holder.name_zh or "")


class ApplicationLine(Schema):
    """An application for membership, and where it stands."""

    number: str
    applicant: Words
    organisation: str | None = Field(description="By number, where an organisation applies.")
    category: Named
    state: str
    handed_in_at: datetime
    ended_at: datetime | None

    @classmethod
    def of(cls, row: Application) -> Self:
        return cls(
            number=row.ref.number, applicant=holder_of(row), category=Named.of(row.category), state=row.state,
            organisation=row.organisation.ref.number if row.organisation else None, handed_in_at=row.handed_in_at,
            ended_at=row.ended_at,
        )  # fmt: skip


class SponsorShape(Schema):
    """A member that was asked to stand for an application."""

    member: str = Field(description="By number.")
    name: Words
    state: str
    answered_at: datetime | None

    @classmethod
    def of(cls, row: Sponsor) -> Self:
        return cls(
            member=row.member.ref.number,
            name=holder_of(row.member),
            state=row.state,
            answered_at=row.answered_at,
        )


class InquiryShape(Schema):
    """What the desk wants to know, and the answer."""

    id: UUID
    text: str
    due_on: date
    asked_at: datetime
    answer: str
    answered_at: datetime | None

    @classmethod
    def of(cls, row: Inquiry) -> Self:
        names = ("text", "due_on", "asked_at", "answer", "answered_at")
        return cls(id=row.pk, **{name: getattr(row, name) for name in names})


class ApplicationWhole(ApplicationLine):
    """An application with its sponsors, what was asked about it, and what came of it."""

    motivation: str
    contribution: str
    reason: str = Field(description="Why it was refused.")
    sponsors: list[SponsorShape]
    inquiries: list[InquiryShape]
    ballot: str | None = Field(description="The ballot that decides, by number.")
    member: str | None
    certificate: str | None

    @classmethod
    def of_one(cls, row: Application, **more: Any) -> Self:
        certificate = getattr(row, "certificate", None)
        return cls(
            **ApplicationLine.of(row).dict(), motivation=row.motivation, contribution=row.contribution,
            reason=row.reason, sponsors=[SponsorShape.of(each) for each in row.sponsors.all()],
            inquiries=[InquiryShape.of(each) for each in row.inquiries.all()],
            ballot=row.ballot.ref.number if row.ballot else None,
            member=row.member.ref.number if row.member else None,
            certificate=certificate.number if certificate else None, **more,
        )  # fmt: skip


class CheckShape(Schema):
    """A point of the due diligence."""

    point: str
    state: str
    note: str
    at: datetime | None

    @classmethod
    def of(cls, row: Check) -> Self:
        return cls(point=row.point, state=row.state, note=row.note, at=row.at)


class ApplicationOfDesk(ApplicationWhole):
    """An application as the desk sees it: with who applies, the due diligence, and what keeps it from the ballot."""

    person: PersonName
    checks: list[CheckShape]
    missing: list[str] = Field(description="What keeps it from the ballot, in words of your language.")

    @classmethod
    def of_desk(cls, row: Application, missing: list[str]) -> Self:
        checks = [CheckShape.of(each) for each in row.checks.all()]
        return cls.of_one(row, person=PersonName.of(row.person), checks=checks, missing=missing)


class Applying(Schema):
    """What is asked for: a category by key, for an organisation by number or, without one, for oneself."""

    category: str = Field(max_length=60)
    organisation: str | None = Field(None, max_length=60)
    motivation: str = Field(min_length=1, max_length=5000)
    contribution: str = Field("", max_length=5000)
    sponsor: str | None = Field(None, max_length=60, description="A member by number; it is asked at once.")


class Text(Schema):
    """An answer."""

    text: str = Field(min_length=1, max_length=5000)


class MemberNamed(Schema):
    """A member by number."""

    member: str = Field(max_length=60)


class SponsorLine(SponsorShape):
    """An application that a member I speak for was asked to stand for."""

    id: UUID
    application: str
    applicant: Words

    @classmethod
    def of(cls, row: Sponsor) -> Self:
        return cls(
            **SponsorShape.of(row).dict(), id=row.pk, application=row.application.ref.number,
            applicant=holder_of(row.application),
        )  # fmt: skip


class SponsorAnswer(Schema):
    """Whether a member stands for an application; said once."""

    stands: bool
    note: str = Field("", max_length=2000)


class Checking(Schema):
    """How a point of the due diligence came out; one that is not passed says why."""

    state: CheckState
    note: str = Field("", max_length=2000)


class ApplicationActing(Schema):
    """What an act on an application needs of this; the rest is left out.

    `text` and `due_on` to ask the applicant; `member` to ask a sponsor; `reason` to refuse; `body` and `closes_at` to
    put it to the ballot.
    """

    text: str = Field("", max_length=5000)
    due_on: date | None = None
    member: str | None = Field(None, max_length=60)
    reason: str = Field("", max_length=5000)
    body: str | None = Field(None, max_length=60, description="By key.")
    closes_at: datetime | None = None


class ProspectShape(Schema):
    """An organisation that is to be won as a member."""

    id: UUID
    organisation: OrganisationName
    number: str = Field(description="Of the organisation.")
    category: str | None
    state: str
    note: str
    noted_at: datetime
    follow_up_on: date | None
    application: str | None

    @classmethod
    def of(cls, row: Prospect) -> Self:
        names = ("state", "note", "noted_at", "follow_up_on")
        return cls(
            **{name: getattr(row, name) for name in names}, id=row.pk, number=row.organisation.ref.number,
            organisation=OrganisationName.of(row.organisation), category=row.category.key if row.category else None,
            application=row.application.ref.number if row.application else None,
        )  # fmt: skip


class Noting(Schema):
    """An organisation by number, and what is to be remembered of it."""

    organisation: str = Field(max_length=60)
    category: str | None = Field(None, max_length=60)
    note: str = Field("", max_length=2000)
    follow_up_on: date | None = None


class Following(Schema):
    """When to ask again, or why it does not apply."""

    follow_up_on: date | None = None
    note: str = Field("", max_length=2000)
