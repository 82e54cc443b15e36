"""What an organisation asks of an assignment beyond demands and loads, each rule with a name of its own.

Rules come by the names of items and reviewers and are laid over the pairs of a problem here: one row for each
item (and group) that a rule can bind at all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from secretariat.engines.assignment.problem import Floats, Ints, Problem, ProblemError

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Spread:
    """At most `most` reviewers of one group (an organisation, a country) on an item. No group: not counted."""

    name: str
    group: Mapping[str, str]
    most: int = 1


@dataclass(frozen=True, slots=True)
class Cover:
    """At least `least` reviewers of those who are able, by item; all of them where an item wants fewer.

    Items that are not in `able` have no such need.
    """

    name: str
    able: Mapping[str, Collection[str]]
    least: int = 1


@dataclass(frozen=True, slots=True)
class Keep:
    """What is assigned already. `price` is what a dropped pair costs, in the unit of the scores.

    Without a price a pair is dropped only where it must be: the fewest changes first, then the objective.
    """

    pairs: Collection[Pair]
    price: float | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules of a run. `cap`: no pair is drawn with a greater probability, under the objective "random"."""

    spreads: tuple[Spread, ...] = ()
    covers: tuple[Cover, ...] = ()
    forced: Collection[Pair] = ()
    keep: Keep | None = None
    cap: float | None = None

    def __bool__(self) -> bool:
        return bool(self.spreads or self.covers or self.forced or self.keep)


@dataclass(frozen=True)
class Rows:
    """The rows of one rule over the pairs of a problem: sum of the `pair`s of a `row` between `lower` and `upper`."""

    rule: Spread | Cover
    pair: Ints
    row: Ints
    item: Ints
    lower: Floats
    upper: Floats
    room: Ints = field(default_factory=lambda: np.empty(0, np.int64))


def rows_of_rules(problem: Problem, rules: Rules) -> list[Rows]:
    """Every rule as rows, those that can never bind left out."""
    spreads = [spread_rows(problem, spread) for spread in rules.spreads]
    return [*spreads, *(cover_rows(problem, cover) for cover in rules.covers)]


def spread_rows(problem: Problem, spread: Spread) -> Rows:
    """One row for each item and group that has more pairs than may be used."""
    group = groups_of(problem, spread)
    width = max(int(group.max(initial=0)) + 1, 1)
    pair = np.flatnonzero((group >= 0)[problem.reviewer])
    key = problem.item[pair].astype(np.int64) * width + group[problem.reviewer[pair]]
    keys, row, count = np.unique(key, return_inverse=True, return_counts=True)
    binds = count > spread.most
    number = np.cumsum(binds) - 1
    kept = binds[row]
    item = keys[binds] // width
    return Rows(
        spread,
        pair[kept],
        number[row[kept]],
        item,
        np.zeros(item.size),
        np.full(item.size, float(spread.most)),
    )


def groups_of(problem: Problem, spread: Spread) -> Ints:
    """The group of each reviewer as a code; -1 for none."""
    names = sorted(set(spread.group.values()))
    code = {name: place for place, name in enumerate(names)}
    return np.array([code.get(spread.group.get(r, ""), -1) for r in problem.reviewers], np.int64)


def cover_rows(problem: Problem, cover: Cover) -> Rows:
    """One row for each item that has such a need."""
    able = able_pairs(problem, cover)
    needs = np.array([item in cover.able for item in problem.items], bool) & (problem.demand > 0)
    item = np.flatnonzero(needs)
    number = np.cumsum(needs) - 1
    pair = np.flatnonzero(able & needs[problem.item])
    lower = np.minimum(cover.least, problem.demand[item]).astype(np.float64)
    room = np.bincount(problem.item[pair], minlength=needs.size)[item]
    return Rows(cover, pair, number[problem.item[pair]], item, lower, np.full(item.size, np.inf), room)


def able_pairs(problem: Problem, cover: Cover) -> np.ndarray:
    """Whether each pair joins an item with somebody who is able."""
    known: dict[int, np.ndarray] = {}
    able = np.zeros(problem.item.size, bool)
    starts = np.searchsorted(problem.item, np.arange(len(problem.items) + 1))
    for place, name in enumerate(problem.items):
        held = cover.able.get(name)
        if held is None:
            continue
        if id(held) not in known:
            among = frozenset(held)
            known[id(held)] = np.array([r in among for r in problem.reviewers], bool)
        part = slice(starts[place], starts[place + 1])
        able[part] = known[id(held)][problem.reviewer[part]]
    return able


def pairs_by_name(problem: Problem, pairs: Iterable[Pair], *, must_exist: bool) -> Ints:
    """The places of named pairs, sorted; those that may not be used are refused or passed over."""
    item = {name: code for code, name in enumerate(problem.items)}
    reviewer = {name: code for code, name in enumerate(problem.reviewers)}
    width = max(len(reviewer), 1)
    keys = problem.item.astype(np.int64) * width + problem.reviewer
    found = []
    for name, other in sorted(set(pairs)):
        key = item[name] * width + reviewer[other] if name in item and other in reviewer else -1
        place = int(np.searchsorted(keys, key))
        if place < keys.size and keys[place] == key:
            found.append(place)
        elif must_exist:
            raise ProblemError(
                f"item {name!r}, reviewer {other!r}: the pair is required, and may not be used"
            )
    return np.array(found, np.int64)
