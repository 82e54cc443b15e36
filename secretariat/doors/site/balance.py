"""How a selection spread over countries, fields and kinds of organisation: every cut beside the intake.

Who applied is in confidence, so a group of fewer than ``SMALLEST`` is counted together with others, and where
what is left would still be small, the next smallest joins it. Items of which the group is not recorded count in none.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from secretariat.doors.site.selections import Selection, Step, handed_on_of
from secretariat.registry.organisations.states import OrganisationKind
from secretariat.summit.calls.models import Submission, SubmissionCountry
from secretariat.summit.calls.states import CountryRole

SMALLEST = 3


@dataclass(frozen=True)
class Part:
    """What a group has of one list: how many, of how many of the group were collected, and its share of the list."""

    count: int
    rate: float
    share: float

    @property
    def percent(self) -> str:
        return f"{self.rate:.0%}"

    @property
    def of_list(self) -> str:
        return f"{self.share:.0%}"


@dataclass(frozen=True)
class Line:
    """A group with its part of the intake and of every list. Without a ``thing`` it is several small groups."""

    thing: Any
    is_host: bool
    parts: Sequence[Part]


@dataclass(frozen=True)
class Panel:
    """One way to group the items."""

    key: str
    heading: Any
    lines: Sequence[Line]


@dataclass(frozen=True)
class Balance:
    """The panels of a selection, and the lists that are their columns."""

    steps: Sequence[Step]
    panels: Sequence[Panel]


def balance_of(selection: Selection) -> Balance | None:
    """Return the panels; None while the call is open or no list is public. Three statements."""
    steps = told_steps(selection)
    if selection.collected is None or not steps:
        return None
    rows = Submission.objects.filter(call=selection.call, version__gt=0)
    submissions = list(rows.select_related("ref", "topic", "organisation").defer("draft"))
    numbers = {s.pk: s.ref.number for s in submissions}
    countries = SubmissionCountry.objects.filter(submission__in=numbers, role=CountryRole.APPLICANT)
    by_place = [(row.place, numbers[row.submission_id]) for row in countries.select_related("place")]
    by_field = [(s.topic, s.ref.number) for s in submissions if s.topic]
    by_kind = [
        (OrganisationKind(s.organisation.kind).label, s.ref.number) for s in submissions if s.organisation
    ]
    handed_on = handed_on_of([step.frozen for step in steps if step.frozen])
    lists = [set(numbers.values()), *(set(handed_on[step.frozen.pk]) for step in steps if step.frozen)]
    host = selection.call.edition.place_id
    panels = [
        Panel("places", _("By country or region"), lines_of(by_place, lists, host)),
        Panel("fields", _("By field"), lines_of(by_field, lists)),
        Panel("kinds", _("By kind of organisation"), lines_of(by_kind, lists)),
    ]
    return Balance(steps, [panel for panel in panels if panel.lines])


def told_steps(selection: Selection) -> list[Step]:
    """Return the lists that may be broken down: after the one that is named, only when nothing is in confidence."""
    told = []
    for step in selection.steps:
        if not step.is_public or (step.levels and not selection.is_complete):
            break
        told.append(step)
        if step.is_named and not selection.is_complete:
            break
    return told


def lines_of(pairs: Iterable[tuple[Any, str]], lists: Sequence[set[str]], host: Any = None) -> list[Line]:
    """Return a line for each group that is large enough, the largest first, then one for the rest."""
    groups: dict[Any, set[str]] = defaultdict(set)
    for thing, number in pairs:
        groups[thing].add(number)
    kept, rest = kept_apart(groups)
    lines = [Line(thing, host is not None and getattr(thing, "pk", None) == host, _parts(kept[thing], lists))
             for thing in kept]  # fmt: skip
    return [*lines, Line(None, False, _parts(rest, lists))] if len(rest) >= SMALLEST else lines


def kept_apart(groups: Mapping[Any, set[str]]) -> tuple[dict[Any, set[str]], set[str]]:
    """Split groups into those that may be told alone, the largest first, and the items of all the others."""
    order = sorted(groups, key=lambda thing: (-len(groups[thing]), str(thing)))
    kept = [thing for thing in order if len(groups[thing]) >= SMALLEST]
    rest = set().union(*(groups[thing] for thing in order[len(kept) :]))
    while rest and len(rest) < SMALLEST and kept:
        rest |= groups[kept.pop()]
    return {thing: groups[thing] for thing in kept}, rest


def _parts(group: set[str], lists: Sequence[set[str]]) -> list[Part]:
    counts = [len(group & listed) for listed in lists]
    return [
        Part(count, count / (counts[0] or 1), count / (len(listed) or 1))
        for count, listed in zip(counts, lists, strict=True)
    ]
