"""How figures are shown, years counted and days shifted: plain values, no database."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

# What stands before a published number, and how a page says it.
QUALIFIERS = {
    "more than": gettext_lazy("more than %(number)s"),
    "nearly": gettext_lazy("nearly %(number)s"),
    "around": gettext_lazy("around %(number)s"),
}


def consecutive_years(years: Collection[int], year: int) -> int:
    """Return how many years in a row, ending with ``year``, are among ``years``.

    >>> consecutive_years({2014, 2016, 2017, 2018}, 2018)
    3
    """
    count = 0
    while year - count in years:
        count += 1
    return count


def shifted(day: date | None, days: int) -> date | None:
    """Return the day so many days later; what is not recorded stays so."""
    return None if day is None else day + timedelta(days=days)


def renamed(title: str, old_year: int, new_year: int) -> str:
    """Return the title of an edition for another year."""
    return title.replace(str(old_year), str(new_year))


def show_value(value: Any, qualifier: str = "") -> str:
    """Return a figure or text as it was published, in the reader's language: ``more than 2,100``.

    A value may be a text by language code (``{"en": …, "zh": …}``), or a list.
    """
    if isinstance(value, dict):
        value = value.get((get_language() or "en")[:2]) or next(iter(value.values()), "")
    if isinstance(value, list):
        return ", ".join(show_value(item) for item in value)
    text = f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
    return QUALIFIERS[qualifier] % {"number": text} if qualifier else text


def show_fact(kind: str, value: Any, qualifier: str, claims: Sequence[Mapping[str, Any]]) -> str:
    """Return what is known, in the reader's language: ``not recorded``; ``more than 150 / more than 100``."""
    if kind == "unknown":
        return _("not recorded")
    if claims:
        return " / ".join(show_value(claim["value"], claim.get("qualifier", "")) for claim in claims)
    return show_value(value, qualifier)


def wrong_fact(
    kind: str, value: Any, qualifier: str, claims: Sequence[Mapping[str, Any]], sources: Sequence[Any]
) -> str:
    """Return what does not hold together in a fact, as the end of a sentence; empty if all does."""
    if kind not in ("fact", "conflict", "inference", "unknown"):
        return f"is of the kind '{kind}', which there is not"
    if qualifier and qualifier not in QUALIFIERS:
        return f"has the qualifier '{qualifier}'; there are: {', '.join(QUALIFIERS)}"
    if kind == "conflict":
        if value is not None or len(claims) < 2:
            return "is a conflict: it takes two claims or more and no value of its own"
        return "" if all(claim.get("sources") for claim in claims) else "has a claim without a source"
    if claims:
        return "has claims but is no conflict"
    if (kind == "unknown") != (value is None):
        return "is unknown but has a value" if kind == "unknown" else "has no value"
    return "" if sources else "has no source"
