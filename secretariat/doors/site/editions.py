"""One edition: what was held, what is recorded of it with its sources, its calls and what came of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import get_language

from secretariat.doors.site.archive import Cell, Result, Sources, cell_of, results_of
from secretariat.doors.site.selections import Selection, public_calls, selections_of
from secretariat.registry.editions.logic import consecutive_years
from secretariat.registry.editions.models import Edition
from secretariat.registry.editions.queries import facts_of

ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
)  # fmt: skip


@dataclass(frozen=True)
class Figure:
    """One recorded figure under its label by language."""

    label: dict[str, str]
    cell: Cell


@dataclass(frozen=True)
class EditionPage:
    """An edition with everything public about it. ``others`` are the editions of its series, latest first."""

    edition: Edition
    consecutive: int
    figures: Sequence[Figure]
    results: Sequence[Result]
    results_note: str
    results_cites: Sequence[int]
    sources: Sequence[dict[str, str]]
    selections: Sequence[Selection]
    others: Sequence[Edition]

    @property
    def since(self) -> int:
        return self.edition.year - self.consecutive + 1

    @property
    def nth(self) -> str:
        return ordinal(self.consecutive)


def ordinal(number: int) -> str:
    """Return an ordinal number as the reader's language writes it inside a sentence: ninth, 21st, 9.

    >>> ordinal(9), ordinal(13), ordinal(21)
    ('ninth', '13th', '21st')
    """
    if (get_language() or "en").startswith("zh"):
        return str(number)
    if 1 <= number <= len(ORDINALS):
        return ORDINALS[number - 1]
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def edition_page(number: str) -> EditionPage | None:
    """Return an edition by its number; None where there is none. The statements do not depend on what it holds."""
    edition = Edition.objects.select_related("series", "ref", "place").filter(ref__number=number).first()
    if edition is None:
        return None
    held = Edition.objects.filter(Q(simulated=False) | Q(simulated=edition.simulated), series=edition.series)
    others = list(held.select_related("ref").order_by("-year", "-number"))
    years = {other.year for other in others if other.state != "cancelled"}
    facts, sources = facts_of([edition.pk])[edition.pk], Sources()
    figures = [
        Figure(label, cell_of(facts.get(key), sources)) for key, label in edition.series.figures.items()
    ]
    results, note, cites = results_of(facts, sources)
    return EditionPage(
        edition, consecutive_years(years, edition.year), figures, results, note, cites, sources.listed,
        selections_of(public_calls(edition)), others,
    )  # fmt: skip


def public_editions() -> list[Edition]:
    """Return every edition, latest first: what is in the register has been announced. One statement."""
    return list(Edition.objects.select_related("ref", "series").order_by("-year", "-number"))
