from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from secretariat.foundation.accounts.actor import Actor
from secretariat.registry.editions.logic import consecutive_years, shifted
from secretariat.registry.editions.models import Edition, Fact, Milestone, Series
from secretariat.registry.organisations.rules import reads_registry


def series_by_key() -> dict[str, Series]:
    """Return every series by its key. One statement."""
    return {series.key: series for series in Series.objects.order_by("key")}


def edition_of(series: str, year: int, number: int = 1, *, simulated: bool = False) -> Edition | None:
    """Return the edition of a series by its key, year and number within the year."""
    rows = Edition.objects.select_related("series", "ref")
    return rows.filter(series__key=series, year=year, number=number, simulated=simulated).first()


def editions_of(series: str, *, simulated: bool = False) -> list[Edition]:
    """Return the editions of a series, latest first. One statement; the simulated ones apart."""
    rows = Edition.objects.filter(series__key=series, simulated=simulated)
    return list(rows.select_related("series", "ref", "place").order_by("-year", "-number"))


def consecutive(edition: Edition) -> int:
    """Return how many years in a row, ending with this edition's, its series has been held: 9 for 2014 to 2022.

    A year without an edition, or with a cancelled one only, begins the count anew. Simulated editions count for a
    simulated one only.
    """
    held = Edition.objects.filter(
        Q(simulated=False) | Q(simulated=edition.simulated), series=edition.series_id
    ).exclude(state="cancelled")
    return consecutive_years(set(held.values_list("year", flat=True)), edition.year)


def facts_of(editions: Collection[UUID]) -> dict[UUID, dict[str, Fact]]:
    """Return for each edition its facts by key. One statement."""
    found: dict[UUID, dict[str, Fact]] = {edition: {} for edition in editions}
    for fact in Fact.objects.filter(edition__in=editions).order_by("key"):
        found[fact.edition_id][fact.key] = fact
    return found


def archive_facts() -> dict[str, Fact]:
    """Return what the archive records of the organisation itself, by key."""
    return {fact.key: fact for fact in Fact.objects.filter(edition=None).order_by("key")}


def visible_editions(actor: Actor) -> QuerySet[Edition]:
    """Return what the desk lists: every edition with series and place; nothing for anybody else."""
    return (
        Edition.objects.select_related("ref", "series", "place")
        if reads_registry(actor)
        else Edition.objects.none()
    )


def get_edition_for(actor: Actor, number: str) -> Edition:
    """Return the edition with this number if the actor may see it; Edition.DoesNotExist otherwise."""
    return visible_editions(actor).get(ref__number=number)


def a_year_after(edition: Edition) -> date | None:
    """Return the day 52 weeks after the start of an edition, the same day of the week; None without a start."""
    return shifted(edition.starts_on, 364)


def moved_milestones(before: Edition, after: Edition) -> list[tuple[Milestone, date, date]]:
    """Return the milestones of an edition made from an earlier one, each with its day then and now."""
    old = {milestone.key: milestone.due_on for milestone in before.milestones.all()}
    return [
        (row, old[row.key], row.due_on) for row in Milestone.objects.filter(edition=after) if row.key in old
    ]
