"""The line of a calibrated stage from the reviews that are in: how sure it is, and what would settle it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from secretariat.engines.bundles.counting import counted_reviews, cut
from secretariat.engines.bundles.ranking import calibrated_ranking
from secretariat.engines.bundles.selection import CUT, KEPT
from secretariat.engines.calibration import Gain, another_review, calibrate
from secretariat.engines.calibration.additive import Variances
from secretariat.engines.calibration.ranking import BAND
from secretariat.foundation.audit.prepared import Given, Planned
from secretariat.summit.calls.models import Stage
from secretariat.summit.calls.queries import rules_of
from secretariat.summit.review.models import Assignment, Conflict, Matching, Move, Review, StageList
from secretariat.summit.review.queries import standing
from secretariat.summit.review.queries.entries import entering, inputs_of


@dataclass(frozen=True)
class Standing:
    """How an item stands: calibrated, and beside that by the plain mean and by z-scores. ``given``: every score."""

    number: str
    rank: int
    score: float
    low: float | None
    high: float | None
    p_above: float | None
    mean: float
    mean_rank: int
    z_rank: int | None
    given: tuple[float, ...]
    is_kept: bool
    is_first: bool  # by its score alone
    gain: Gain | None

    @property
    def is_open(self) -> bool:
        return self.p_above is not None and BAND[0] < self.p_above < BAND[1]


@dataclass(frozen=True)
class CutLine:
    """The whole of a stage, in the order of its list. ``unread``: items without a review, which stand nowhere yet."""

    keep: int
    rows: tuple[Standing, ...]
    tied: tuple[str, ...]
    ties: str
    parts: int
    variances: Variances | None
    unread: int

    @cached_property
    def contested(self) -> list[Standing]:
        return [row for row in self.rows if row.is_open]

    @cached_property
    def misplaced(self) -> float | None:
        """How many of those above the line are expected not to belong there."""
        kept = [row.p_above for row in self.rows if row.is_kept]
        return sum(1 - p for p in kept if p is not None) if kept and None not in kept else None

    @cached_property
    def moved(self) -> list[Standing]:
        """Those on the other side of the line than their plain mean would put them."""
        return [row for row in self.rows if row.is_first != (row.mean_rank <= self.keep)]

    @cached_property
    def telling(self) -> list[Standing]:
        """Those one more review would settle most, the most useful first."""
        found = [(row.gain, row) for row in self.rows if row.gain is not None]
        return [row for _gain, row in sorted(found, key=lambda pair: (-pair[0].gain, pair[1].number))]

    @cached_property
    def bounds(self) -> tuple[float, float]:
        """The ends of the scale on which the contested are drawn."""
        rows = self.contested or self.rows
        lows = [row.low for row in rows if row.low is not None]
        highs = [row.high for row in rows if row.high is not None]
        return (min(lows), max(highs)) if lows and highs else (0.0, 1.0)

    @cached_property
    def line(self) -> float | None:
        """Halfway between the last item above and the first below."""
        edge = [row.score for row in self.rows[self.keep - 1 : self.keep + 1]] if self.keep else []
        return sum(edge) / 2 if len(edge) == 2 else None


def entry_of(row: Standing) -> dict[str, Any]:
    """Return the entry of a list that an item would be, were the list frozen now."""
    told = {name: getattr(row, name) for name in ("rank", "score", "low", "high", "p_above")}
    return {"ref": row.number, **told, "outcome": KEPT if row.is_kept else CUT}


def cut_line(stage: Stage, state: "State | None" = None) -> CutLine | None:
    """Return the line as the reviews draw it that are in; None while no item has one.

    One statement while nothing has changed: what is counted is kept, for as long as no review comes or goes and no
    list is frozen or decided. Raises WrongState while the list before is not decided.
    """
    return _counted(stage.pk, (state or state_of(stage)).stamp)


@dataclass(frozen=True)
class State:
    """What a list depends on. ``waiting``: reviews to come; ``disputed``: done ones whose conflict is still open."""

    reviews: int
    last: datetime | None
    lists: int
    decisions: int
    moves: int
    waiting: int
    disputed: int
    is_deployed: bool

    @property
    def stamp(self) -> tuple[Any, ...]:
        """Changes whenever the line may have changed."""
        return self.reviews, self.last, self.lists, self.decisions, self.moves

    def is_complete(self, stage: Stage) -> bool:
        """Whether the list could be frozen, as far as reviews go."""
        return not self.waiting and not self.disputed and (self.is_deployed or not stage.readers)


def state_of(stage: Stage) -> State:
    """Return where a stage stands. One statement."""
    (found,) = _states(pk=stage.pk)
    names = ("reviews", "last", "lists", "decisions", "moves", "waiting", "disputed")
    return State(**{name: getattr(found, f"n_{name}") for name in names}, is_deployed=bool(found.n_deployed))


def _state_to_read() -> QuerySet[Stage]:
    def of(rows: QuerySet[Any], told: Any) -> Subquery:
        return Subquery(rows.order_by().annotate(one=Value(1)).values("one").annotate(n=told).values("n"))

    call, this = OuterRef("call"), OuterRef("pk")
    reviews = Review.objects.filter(assignment__stage__call=call, assignment__state="done")
    lists, readings = StageList.objects.filter(stage__call=call), Assignment.objects.filter(stage=this)
    done = Assignment.objects.filter(
        reviewer=OuterRef("person"), submission=OuterRef("submission"), state="done"
    )
    disputed = Conflict.objects.filter(Exists(done), submission__call=call, state="open")
    deployed = Matching.objects.filter(stage=this, state="deployed", kind="run")
    rows, none = Count("pk"), Value(0)
    return Stage.objects.filter(pk=Given("pk")).annotate(
        n_reviews=Coalesce(of(reviews, rows), none), n_last=of(reviews, Max("handed_in_at")),
        n_lists=Coalesce(of(lists, rows), none), n_decisions=Coalesce(of(lists, Count("decision")), none),
        n_moves=Coalesce(of(Move.objects.filter(stage=this, state="carried"), rows), none),
        n_waiting=Coalesce(of(readings.filter(state="assigned"), rows), none),
        n_disputed=Coalesce(of(disputed, rows), none), n_deployed=Coalesce(of(deployed, rows), none),
    )  # fmt: skip


_states = Planned(_state_to_read)


@lru_cache(maxsize=32)
def _counted(stage_id: UUID, _stamp: tuple[Any, ...]) -> CutLine | None:
    stage = Stage.objects.select_related("call__ref").get(pk=stage_id)
    declared = rules_of(stage.call)
    rule = next(r for r in declared["stages"] if r["key"] == stage.key)
    items = entering(stage)
    reviews = counted_reviews(standing.reviews_of(stage.call), declared["stages"], stage.key, set(items))
    read = {review["item"] for review in reviews}
    if not read:
        return None
    found = calibrated_ranking(rule, declared["criteria"], read, reviews, inputs_of(stage.call))
    gains = {gain.item: gain for gain in another_review(found)}
    given: dict[str, list[float]] = {item: [] for item in read}
    for review in reviews:
        given[review["item"]].append(review["overall"])
    by_mean, by_z = _ranks(reviews, "mean"), _ranks(reviews, "z")
    first = set(found.recommended)
    outcomes = cut([entry.item for entry in found.items], rule, standing.moves_of(stage))
    kept = {item for item, outcome in outcomes.items() if outcome == KEPT}
    rows = tuple(
        Standing(
            e.item, e.rank, e.score, e.low, e.high, e.p_above, e.mean, by_mean[e.item], by_z.get(e.item),
            tuple(sorted(given[e.item], reverse=True)), e.item in kept, e.item in first, gains.get(e.item),
        )
        for e in found.items
    )  # fmt: skip
    return CutLine(
        keep=len(kept), rows=rows, tied=found.tied_at_line, ties=rule["ties"] or "", parts=found.components,
        variances=found.variances, unread=len(items) - len(read),
    )  # fmt: skip


def _ranks(reviews: Sequence[Mapping[str, Any]], method: str) -> dict[str, int]:
    """The rank of each item by a plain method; empty where the method needs more than there is."""
    columns = ([review[name] for review in reviews] for name in ("item", "reviewer", "overall"))
    try:
        found = calibrate(*columns, recommend=None, method=method)
    except ValueError:
        return {}
    return {entry.item: entry.rank for entry in found.items}
