"""The list of a stage as it is read: ranks, intervals, the line, and the items that may lie on either side of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from secretariat.engines.calibration.ranking import BAND
from secretariat.foundation.accounts.actor import Actor
from secretariat.summit.calls.models import Stage, Submission
from secretariat.summit.calls.queries import NotFound, rules_of
from secretariat.summit.review.models import Decision, ListEntry, StageList
from secretariat.summit.review.queries.entries import list_entries


@dataclass(frozen=True)
class Place:
    """An item on a list. ``is_last_kept`` is where the line runs; ``is_open`` says that it may lie on either side."""

    submission: Submission
    position: int
    rank: int | None
    score: float | None
    low: float | None
    high: float | None
    p_above: float | None
    outcome: str
    label: Mapping[str, str]
    is_last_kept: bool = False
    refusal: str = ""

    @property
    def is_kept(self) -> bool:
        return self.outcome != "cut"

    @property
    def is_open(self) -> bool:
        return self.p_above is not None and BAND[0] < self.p_above < BAND[1]


@dataclass(frozen=True)
class Ranking:
    """A list with its line: frozen, or as it would be frozen now."""

    places: Sequence[Place]
    frozen: StageList | None = None
    decision: Decision | None = None

    @property
    def kept(self) -> int:
        return sum(place.is_kept for place in self.places)

    @property
    def open(self) -> int:
        return sum(place.is_open for place in self.places)

    @property
    def line(self) -> float | None:
        return next((place.score for place in self.places if place.is_last_kept), None)

    @property
    def bounds(self) -> tuple[float, float]:
        lows = [place.low for place in self.places if place.low is not None]
        highs = [place.high for place in self.places if place.high is not None]
        return (min(lows), max(highs)) if lows and highs else (0.0, 1.0)


def frozen_ranking(stage: Stage) -> Ranking | None:
    """Return the stage's frozen list, with the decision on it; None while there is none. Two statements and one."""
    frozen = StageList.objects.filter(stage=stage).select_related("decision").first()
    if frozen is None:
        return None
    decision = getattr(frozen, "decision", None)
    rows = ListEntry.objects.filter(list=frozen).order_by("position").values(
        "rank", "score", "low", "high", "p_above", "outcome", ref=F("submission__ref__number")
    )  # fmt: skip
    return Ranking(_places(stage, rows, decision), frozen, decision)


def provisional_ranking(stage: Stage) -> Ranking:
    """Return the stage's list as it would be frozen now. Raises WrongState and ValueError, saying what is missing."""
    entries, _basis = list_entries(stage, rules_of(stage.call))
    return Ranking(_places(stage, entries, None))


def _places(stage: Stage, rows: Iterable[Mapping[str, Any]], decision: Decision | None) -> list[Place]:
    rows = list(rows)
    numbers = [row["ref"] for row in rows]
    items = stage.call.submissions.filter(ref__number__in=numbers).select_related(
        "ref", "organisation", "person", "topic"
    )
    submissions = {item.ref.number: item for item in items}
    refusals = {row["ref"]: row["reason"] for row in decision.content["refused"]} if decision else {}
    labels = {level["key"]: {"label_en": level["en"], "label_zh": level["zh"]} for level in stage.levels}
    kept = [position for position, row in enumerate(rows) if row["outcome"] != "cut"]
    last = kept[-1] if kept and len(kept) < len(rows) else None
    return [
        Place(
            submission=submissions[row["ref"]], position=position + 1, label=labels.get(row["outcome"], {}),
            is_last_kept=position == last, refusal=refusals.get(row["ref"], ""),
            **{name: row[name] for name in ("rank", "score", "low", "high", "p_above", "outcome")},
        )
        for position, row in enumerate(rows)
    ]  # fmt: skip


def _lists_of(bodies: Iterable[UUID]) -> QuerySet[StageList]:
    named = StageList.objects.filter(stage__authority__in=list(bodies)).exclude(
        stage__call__state="cancelled"
    )
    return named.select_related(
        "stage__call__edition", "stage__call__ref", "stage__authority__ref", "decision"
    )


def lists_of_authority(actor: Actor, *, waiting: bool) -> list[StageList]:
    """Return the frozen lists that the actor decides on in person: those that wait, oldest first, or the decided."""
    if actor.acting_for_id is not None:
        return []
    chaired = [c.scope_id for c in actor.capacities if c.right == "body.chair" and c.scope_id]
    if not chaired:
        return []
    lists = _lists_of(chaired).filter(decision__isnull=waiting)
    return list(lists.order_by("frozen_at" if waiting else "-decision__decided_at", "pk"))


def get_list_of_authority(actor: Actor, key: str, stage: str) -> StageList:
    """Return a frozen list that the actor decides, or has decided, on. Raises NotFound."""
    for waiting in (True, False):
        for frozen in lists_of_authority(actor, waiting=waiting):
            if (frozen.stage.call.key, frozen.stage.key) == (key, stage):
                return frozen
    raise NotFound(_("There is no such list."))
