"""Telling those who vote in a body, by notice and mail, what happens to its meetings."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from secretariat.foundation.notices.actions import tell
from secretariat.governance.meetings.models import Meeting
from secretariat.governance.meetings.queries.room import accounts_of
from secretariat.registry.people.models import Person


def tell_electorate(meeting: Meeting, kind: str, now: datetime, **said: Any) -> None:
    """Tell everybody who votes in the body on the day of the meeting."""
    tell_about(meeting, kind, accounts_of(meeting), now, **said)


def tell_person(meeting: Meeting, kind: str, person: Person, now: datetime, **said: Any) -> None:
    """Tell one person, if she has an account."""
    tell_about(meeting, kind, [person.account_id] if person.account_id else [], now, **said)


def tell_about(meeting: Meeting, kind: str, accounts: Collection[UUID], now: datetime, **said: Any) -> None:
    """Tell these accounts. What happens twice, such as a change of place, is told of twice."""
    tell(
        accounts=accounts, kind=kind, subject_id=uuid5(meeting.pk, now.isoformat()), now=now,
        number=meeting.ref.number, meeting={"en": meeting.title_en, "zh": meeting.title_zh},
        body={"en": meeting.body.name_en, "zh": meeting.body.name_zh}, at=meeting.starts_at.isoformat(), **said,
    )  # fmt: skip
