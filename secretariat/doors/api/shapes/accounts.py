"""What is read of accounts: whose they are, and which rights were given to them by hand."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from ninja import Schema

from secretariat.doors.api.shapes.basic import PersonName
from secretariat.foundation.accounts.models import Account, Grant


class AccountLine(Schema):
    """A way to sign in. `rights` are those given by hand that hold today; every other comes from the record."""

    id: UUID
    email: str
    person: PersonName | None
    may_sign_in: bool
    last_login: datetime | None
    rights: list[str]

    @classmethod
    def of(cls, row: Account) -> Self:
        return cls(
            id=row.pk, email=row.email, person=PersonName.of(row.person), may_sign_in=row.is_active,
            last_login=row.last_login, rights=row.rights,
        )  # fmt: skip


class GrantPart(Schema):
    """A right given by hand, the days both included."""

    right: str
    starts_on: date
    ends_on: date | None
    reason: str
    ended_at: datetime | None
    ended_reason: str

    @classmethod
    def of(cls, row: Grant) -> Self:
        return cls(
            right=row.right, starts_on=row.starts_on, ends_on=row.ends_on, reason=row.reason,
            ended_at=row.ended_at, ended_reason=row.ended_reason,
        )  # fmt: skip


class AccountWhole(AccountLine):
    """An account with every right that was given to it, the latest first."""

    grants: list[GrantPart]

    @classmethod
    def of_one(cls, row: Account, grants: list[Grant]) -> Self:
        return cls(**AccountLine.of(row).dict(), grants=[GrantPart.of(each) for each in grants])
