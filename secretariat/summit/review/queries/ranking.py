"""The list of a stage as it is read: ranks, intervals, the line, and the items that may lie on either side of it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import F

from secretariat.engines.calibration.ranking import BAND
from secretariat.foundation.accounts.actor import Actor
from secretariat.summit.calls.models import Call, Stage, Submission
from secretariat.summit.calls.queries import rules_of
from secretariat.summit.review.models import Conflict, Decision, ListEntry, StageList
from secretariat.summit.review.queries.cutline import cut_line, entry_of, state_of
from secretariat.summit.review.queries.entries import list_entries
from secretariat.summit.review.rules import can_read_reviews

ALL = slice(None)


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
    """A list with its line: frozen, or as it would be frozen now. ``places``: those that are shown.

    ``left_out`` counts items the reader is recused from. Then neither a place nor the line is told, nor how many are
    kept: from the gaps she could tell where hers stand.
    """

    places: Sequence[Place]
    rows: Sequence[Mapping[str, Any]]
    frozen: StageList | None = None
    decision: Decision | None = None
    left_out: int = 0

    @cached_property
    def kept(self) -> int:
        return sum(row["outcome"] != "cut" for row in self.rows)

    @cached_property
    def open(self) -> int:
        return sum(row["p_above"] is not None and BAND[0] < row["p_above"] < BAND[1] for row in self.rows)

    @cached_property
    def line(self) -> float | None:
        last = _last_kept(self.rows)
        return None if last is None or self.left_out else self.rows[last]["score"]

    @cached_property
    def bounds(self) -> tuple[float, float]:
        lows = [row["low"] for row in self.rows if row["low"] is not None]
        highs = [row["high"] for row in self.rows if row["high"] is not None]
        return (min(lows), max(highs)) if lows and highs else (0.0, 1.0)


def recused_items(actor: Actor, call: Call) -> frozenset[str]:
    """Return the items of a call that the actor may not see judged, by number; none for the secretariat."""
    if can_read_reviews(actor, call) or actor.person_id is None:
        return frozenset()
    barred = Conflict.objects.filter(submission__call=call, person=actor.person_id).exclude(state="cleared")
    return frozenset(barred.values_list("submission__ref__number", flat=True))


def frozen_ranking(stage: Stage, *, recused: Collection[str] = (), shown: slice = ALL) -> Ranking | None:
    """Return the stage's frozen list, with the decision on it; None while there is none. Two statements and one."""
    frozen = StageList.objects.filter(stage=stage).select_related("decision", "part").first()
    if frozen is None:
        return None
    decision = getattr(frozen, "decision", None)
    rows = ListEntry.objects.filter(list=frozen).order_by("position").values(
        "rank", "score", "low", "high", "p_above", "outcome", ref=F("submission__ref__number")
    )  # fmt: skip
    return _ranking(stage, rows, recused, shown, frozen, decision)


def provisional_ranking(stage: Stage, *, recused: Collection[str] = (), shown: slice = ALL) -> Ranking:
    """Return the stage's list as it would be frozen now. Raises WrongState and ValueError, saying what is missing."""
    return _ranking(stage, _counted_entries(stage), recused, shown)


def _counted_entries(stage: Stage) -> Sequence[Mapping[str, Any]]:
    # What is missing is said by ``list_entries``; where nothing is, what was counted before still holds.
    if stage.kind == "calibrated" and (state := state_of(stage)).is_complete(stage):
        counted = cut_line(stage, state)
        if counted is not None and not counted.unread:
            return [entry_of(row) for row in counted.rows]
    entries, _basis = list_entries(stage, rules_of(stage.call))
    return entries


def _ranking(
    stage: Stage, found: Iterable[Mapping[str, Any]], recused: Collection[str], shown: slice,
    frozen: StageList | None = None, decision: Decision | None = None,
) -> Ranking:  # fmt: skip
    rows = list(found)
    seen = [row for row in rows if row["ref"] not in recused]
    left_out = len(rows) - len(seen)
    if left_out:
        untold = {"rank": None, "p_above": None, "outcome": ""}
        seen = [{**row, **untold} for row in sorted(seen, key=lambda row: row["ref"])]
    return Ranking(_places(stage, seen, shown, decision), seen, frozen, decision, left_out)


def _last_kept(rows: Sequence[Mapping[str, Any]]) -> int | None:
    """Where the line runs, if it runs through the list."""
    kept = [position for position, row in enumerate(rows) if row["outcome"] != "cut"]
    return kept[-1] if kept and len(kept) < len(rows) else None


def _places(
    stage: Stage, rows: Sequence[Mapping[str, Any]], shown: slice, decision: Decision | None
) -> list[Place]:
    chosen = list(enumerate(rows))[shown]
    numbers = [row["ref"] for _position, row in chosen]
    items = stage.call.submissions.filter(ref__number__in=numbers).select_related(
        "ref", "organisation", "person", "topic"
    )
    submissions = {item.ref.number: item for item in items}
    refusals = {row["ref"]: row["reason"] for row in decision.content["refused"]} if decision else {}
    labels = {level["key"]: {"label_en": level["en"], "label_zh": level["zh"]} for level in stage.levels}
    last = _last_kept(rows)
    return [
        Place(
            submission=submissions[row["ref"]], position=position + 1, label=labels.get(row["outcome"], {}),
            is_last_kept=position == last, refusal=refusals.get(row["ref"], ""),
            **{name: row[name] for name in ("rank", "score", "low", "high", "p_above", "outcome")},
        )
        for position, row in chosen
    ]  # fmt: skip
