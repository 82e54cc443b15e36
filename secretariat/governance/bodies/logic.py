"""What a role in a body gives: plain values, no database."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

# Who sits: a secretary serves the body, an alternate waits until the seat's holder is absent.
SITTING = ("member", "chair", "vice_chair")
# What who sits may do, by what the body does.
RIGHT_OF_FLAG = {
    "reviews": "review.sit",
    "decides": "body.decide",
    "elects": "body.elect",
    "advises": "body.advise",
}
RIGHT_OF_ROLE = {"chair": "body.chair", "secretary": "body.serve"}
# What passes to the alternate who is called in is all of this but one: reviews are assigned to people by name.
NOT_PASSED = frozenset({"review.sit"})
# Whose seats bring their holders to the summit; a committee made for one call does not.
ATTENDING = frozenset({"supreme", "executive", "advises"})
# Whose composition is nobody's business: committees that judge entries, those made for one task, and the staff.
PRIVATE = ("reviews", "temporary", "standing")


def sits(role: str) -> bool:
    """Whether a role is that of a member of the body, who may vote and review in it."""
    return role in SITTING


def rights_in_body(role: str, flags: Collection[str]) -> tuple[str, ...]:
    """Return the rights that a role gives in a body with these flags, in alphabetical order.

    Only who sits may what the body does. A secretary serves it; an alternate has nothing until called in.
    """
    rights = {RIGHT_OF_ROLE[role]} if role in RIGHT_OF_ROLE else set()
    if sits(role):
        rights |= {"body.sit"} | {right for flag, right in RIGHT_OF_FLAG.items() if flag in flags}
    return tuple(sorted(rights))


def rights_when_called_in(flags: Collection[str]) -> tuple[str, ...]:
    """Return the rights of an alternate while she is called in: a member's, and never the chair's."""
    return tuple(right for right in rights_in_body("member", flags) if right not in NOT_PASSED)


def attends_summit(role: str, flags: Collection[str]) -> bool:
    """Whether a seat of such a body brings its holder to the summit."""
    return sits(role) and "temporary" not in flags and not ATTENDING.isdisjoint(flags)


def turning_days(spans: Iterable[tuple[date, date | None]]) -> list[date]:
    """Return the days on which somebody came or was gone, in order; the last day of a term still belongs to it."""
    days = set()
    for first, last in spans:
        days.add(first)
        if last is not None and last < date.max:
            days.add(last + timedelta(days=1))
    return sorted(days)


def years_after(day: date, years: int) -> date:
    """Return the same day so many years later; the last of February for a day that year does not have."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def months_before(day: date, months: int) -> date:
    """Return the same day so many months earlier, or the last day of a month that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))
