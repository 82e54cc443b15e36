"""The edition in preparation at a glance: its milestones, and each call against last year at the same distance.

"The same distance" is counted to the call's closing (T-minus): 20 days before closing is held against 20 days before
the earlier call closed, whatever the calendar said then.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Min, Q
from django.utils.translation import gettext as _

from secretariat.record.tasks.queries import planned_editions
from secretariat.registry.editions.models import Edition, Milestone
from secretariat.summit.calls.models import Call, Criterion, Screening, Submission
from secretariat.summit.review.models import Assignment, Conflict, Review

# Two readings of an item that lie this far apart, as a share of the scale, make it contested.
CONTESTED = 0.3


@dataclass(frozen=True)
class Bar:
    """One count of a call, and the same of the earlier call at the same distance (None without one)."""

    label: str
    value: int
    before: int | None
    of: int | None = None  # the whole that the value is a part of

    @property
    def scale(self) -> int:
        """What the bar is drawn against: the most there is to show on its line."""
        return max(1, self.value, self.before or 0, self.of or 0)


@dataclass
class CallState:
    """A call on the cockpit. ``days`` until it closes; negative once it has closed."""

    call: Call
    days: int
    earlier: Call | None
    bars: list[Bar] = field(default_factory=list)
    conflicts: int = 0


@dataclass
class Cockpit:
    """An edition in preparation."""

    edition: Edition
    days: int | None
    milestones: list[Milestone]
    calls: list[CallState]

    @property
    def conflicts(self) -> int:
        return sum(state.conflicts for state in self.calls)


def cockpits(now: datetime) -> list[Cockpit]:
    """Return the editions ahead, the nearest first. The same number of statements whatever is in them."""
    today = now.date()
    editions = list(planned_editions(today).select_related("series").prefetch_related("milestones"))
    calls = list(Call.objects.select_related("ref", "edition").exclude(state="draft").order_by("closes_at"))
    ahead = {edition.pk for edition in editions}
    states = [
        CallState(call, (call.closes_at - now).days, _earlier(call, calls))
        for call in calls
        if call.edition_id in ahead
    ]
    _count(states, now)
    return [
        Cockpit(
            edition,
            (edition.starts_on - today).days if edition.starts_on else None,
            list(edition.milestones.all()),
            [state for state in states if state.call.edition_id == edition.pk],
        )
        for edition in editions
    ]


def late_milestones(cockpit: Cockpit, today: date) -> list[Milestone]:
    return [milestone for milestone in cockpit.milestones if milestone.is_late(today)]


def _earlier(call: Call, calls: Sequence[Call]) -> Call | None:
    """The latest call of the same name before this one: ``cases-2022`` before ``cases-2027``."""
    stem = call.key.rpartition("-")[0]
    same = [c for c in calls if stem and c.key.rpartition("-")[0] == stem and c.closes_at < call.closes_at]
    return same[-1] if same else None


def _count(states: Sequence[CallState], now: datetime) -> None:
    """Fill in the bars: each count asked once for all calls, those of the earlier ones up to their moment."""
    moments = {state.call.pk: now for state in states}
    for state in states:
        if state.earlier:
            moments[state.earlier.pk] = state.earlier.closes_at - (state.call.closes_at - now)
    received = _counted(Submission.objects.filter(version__gt=0), "call", "submitted_at", moments)
    eligible = _counted(Screening.objects.filter(failed=[]), "submission__call", "screened_at", moments)
    read = _counted(Review.objects.all(), "assignment__submission__call", "handed_in_at", moments)
    asked = Counter(
        dict(
            Assignment.objects.filter(submission__call__in=moments)
            .exclude(state="withdrawn").values_list("submission__call").annotate(n=Count("pk"))
        )
    )  # fmt: skip
    contested = _contested(moments)
    waiting = Conflict.objects.filter(state="open", submission__call__in=moments)
    conflicts = dict(waiting.values_list("submission__call").annotate(n=Count("pk")))
    for state in states:
        this, earlier = state.call.pk, state.earlier.pk if state.earlier else None
        state.conflicts = conflicts.get(this, 0)
        state.bars = [
            Bar(label, counts[this], counts[earlier] if earlier else None, whole)
            for label, counts, whole in (
                (_("Received"), received, None),
                (_("Eligible"), eligible, received[this] if state.call.state != "open" else None),
                (_("Readings"), read, asked[this] or None),
                (_("Contested"), contested, None),
            )
        ]


def _counted(rows: Any, call: str, at: str, moments: Mapping[UUID, datetime]) -> Counter[UUID]:
    until = Q(pk__in=[])
    for pk, moment in moments.items():
        until |= Q(**{call: pk, f"{at}__lte": moment})
    return Counter(dict(rows.filter(until).values_list(call).annotate(n=Count("pk"))))


def _contested(moments: Mapping[UUID, datetime]) -> Counter[UUID]:
    until = Q(pk__in=[])
    for pk, moment in moments.items():
        until |= Q(assignment__submission__call=pk, handed_in_at__lte=moment)
    spread = (
        Review.objects.filter(until)
        .values_list("assignment__submission__call", "assignment__submission")
        .annotate(spread=Max("overall") - Min("overall"), n=Count("pk"))
        .filter(n__gt=1)
    )
    widths = _scales(moments)
    return Counter(call for call, _item, apart, _n in spread if apart >= CONTESTED * widths[call])


def _scales(calls: Collection[UUID]) -> dict[UUID, float]:
    """How long the scale of an overall score is: that of its criteria where they share one, else from 0 to 1."""
    found: dict[UUID, set[tuple[int, int]]] = {}
    for call, low, high in Criterion.objects.filter(call__in=calls).values_list("call", "minimum", "maximum"):
        found.setdefault(call, set()).add((low, high))
    return {
        call: float(next(iter(scales))[1] - next(iter(scales))[0]) if len(scales) == 1 else 1.0
        for call, scales in found.items()
    }
