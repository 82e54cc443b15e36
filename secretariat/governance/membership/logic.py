"""How a member stands on a day: a pure function of what happened to it and of the days of grace. No database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Standing = Literal["coming", "current", "grace", "lapsed", "suspended", "ended"]
# Who may do what members do: vote, stand, be represented at the Assembly.
GOOD = frozenset({"current", "grace"})
# What an override may say; nobody is a member again by override, nor suspended by it.
OVERRIDES = ("current", "grace", "lapsed")


@dataclass(frozen=True)
class Happened:
    """One event of a member: its kind, the day from which it holds, and until when, where it says so.

    ``until`` is the last day paid for or, of an override, its own last day; ``standing`` is what an override says.
    """

    kind: str
    on: date
    until: date | None = None
    standing: str = ""


@dataclass(frozen=True)
class Stands:
    """How a member stands, until when it is paid for, and whether somebody has decided so by hand."""

    standing: Standing
    paid_until: date | None = None
    is_override: bool = False

    @property
    def is_good(self) -> bool:
        return self.standing in GOOD


def stands_on(events: Iterable[Happened], grace_days: int, day: date) -> Stands:
    """Return how a member stands on a day, by its events in their order. What holds from a later day says nothing yet.

    Without a day until which it is paid for, a membership holds on. Who has left or is suspended is so whatever an
    override says; of the rest an override says how they stand until its last day.
    """
    is_member = is_suspended = False
    begun = False
    paid: date | None = None
    override: Happened | None = None
    for event in events:
        if event.on > day:
            continue
        begun = True
        match event.kind:
            case "admitted":
                is_member, is_suspended, paid, override = True, False, event.until, None
            case "renewed":
                paid = event.until
            case "suspended" | "reinstated":
                is_suspended = event.kind == "suspended"
            case "resigned" | "ended":
                is_member, is_suspended, override = False, False, None
            case "overridden":
                override = event
            case "override_lifted":
                override = None
    if not begun:
        return Stands("coming")
    if not is_member:
        return Stands("ended", paid)
    if is_suspended:
        return Stands("suspended", paid)
    if override is not None and (override.until is None or day <= override.until):
        return Stands(override.standing, paid, is_override=True)  # type: ignore[arg-type]
    return Stands(by_payment(paid, grace_days, day), paid)


def by_payment(paid: date | None, grace_days: int, day: date) -> Literal["current", "grace", "lapsed"]:
    """Return how a member stands that is paid for until a day, that day included; None holds on."""
    if paid is None or day <= paid:
        return "current"
    return "grace" if day <= paid + timedelta(days=grace_days) else "lapsed"


def months_later(day: date, months: int) -> date:
    """Return the last day of a term of so many months that begins on a day: 12 months from 1 May end on 30 April."""
    whole = day.year * 12 + day.month - 1 + months
    year, month = divmod(whole, 12)
    following = date(year + month // 11, (month + 1) % 12 + 1, 1)
    last = (following - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last)) - timedelta(days=1 if day.day <= last else 0)
