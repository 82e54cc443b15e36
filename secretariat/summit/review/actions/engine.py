"""What the engine is asked, and what is kept of its answer."""

import math
from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from secretariat.engines.assignment import (
    Assignment,
    Cover,
    Keep,
    Problem,
    Rules,
    Spread,
    build_problem,
    prices,
    solve,
)
from secretariat.summit.review import logic
from secretariat.summit.review.queries.fitting import Material, Pair

ORGANISATION, COUNTRY, LANGUAGE, EXPERIENCED, RULED_OUT = (
    "organisation", "country", "language", "experienced", "ruled_out",
)  # fmt: skip


class Infeasible(Exception):
    """There is no matching under these loads and conflicts; ``unserved`` says which items and why.

    The message also names readers whose minimum load cannot be met.
    """

    def __init__(self, unserved: Collection[Any], unfilled: Collection[Any] = ()) -> None:
        reasons = [f"{u.item}: {u.why}" for u in unserved] + [f"{u.reviewer}: {u.why}" for u in unfilled]
        super().__init__("; ".join(reasons))
        self.unserved = list(unserved)


def refuse_without_pairs(solution: Assignment) -> None:
    """Raise Infeasible, with the reasons, where the engine found no matching."""
    if solution.status == "infeasible" or solution.unserved or solution.unfilled:
        raise Infeasible(solution.unserved, solution.unfilled)


def even_share(items: int, readers: int, members: int) -> int:
    """An even share of the readings and a tenth more."""
    return math.ceil(items * readers / max(1, members) * 1.1)


def ask(material: Material, wishes: logic.Wishes, readers: int) -> tuple[Assignment, list[list[Any]]]:
    """Return the engine's answer for a run, and the price of each rule. Raises Infeasible."""
    most = wishes.max_load or even_share(len(material.items), readers, len(material.members))
    demand = dict.fromkeys(material.items, readers)
    ruled_out = {(number, name) for number, name, _why in wishes.ruled_out}
    problem = problem_of(material, demand, dict.fromkeys(material.members, most), wishes.min_load, ruled_out)
    rules = rules_of(material, wishes)
    found = solve(problem, wishes.objective, rules, seed=wishes.seed)
    refuse_without_pairs(found)
    priced = [[p.rule, p.total, p.worst, p.is_exact] for p in prices(problem, rules, wishes.objective, found)]
    if ruled_out:
        freer = problem_of(material, demand, dict.fromkeys(material.members, most), wishes.min_load, set())
        priced += _price_of(RULED_OUT, solve(freer, wishes.objective, rules, seed=wishes.seed), found)
    return found, priced


def _price_of(name: str, freer: Assignment, found: Assignment) -> list[list[Any]]:
    if freer.total is None or found.total is None or freer.worst is None or found.worst is None:
        return []
    exact = freer.status == found.status == "optimal"
    return [[name, freer.total - found.total, freer.worst - found.worst, exact]]


def ask_repair(
    material: Material, wishes: logic.Wishes, live: Mapping[Pair, str], demand: Mapping[str, int], most: int,
    *, stays: bool,
) -> Assignment:  # fmt: skip
    """Return the answer that changes as few of the live readings as can be; with ``stays``, none of them.

    Where nobody has room any more, everybody may take up to three more than before. Raises Infeasible.
    """
    loads = Counter(name for _number, name in live)
    fixed = [pair for pair, state in live.items() if stays or state == "done"]
    rules = rules_of(material, wishes, fixed, Keep(tuple(live)))
    allowed = {(number, name) for number, name, _why in wishes.ruled_out} - set(live)
    for more in range(4):
        rooms = {name: max(most + more, loads[name]) for name in material.members}
        problem = problem_of(material, demand, rooms, 0, allowed, live)
        found = solve(problem, "total", rules)
        if found.status != "infeasible":
            return found
    raise Infeasible(found.unserved, found.unfilled)


def problem_of(
    material: Material, demand: Mapping[str, int], most: Mapping[str, int], least: int, ruled_out: set[Pair],
    live: Collection[Pair] = (),
) -> Problem:  # fmt: skip
    """The problem in the engine's terms. Pairs that are read already stay possible, whatever bars new ones."""
    import numpy as np

    items, members = sorted(material.items), sorted(material.members)
    barred = (material.barred | ruled_out) - set(live)
    pairs = [(i, r) for i, number in enumerate(items) for r, name in enumerate(members)]
    scores = np.array([material.fits[items[i], members[r]] for i, r in pairs], np.float64)
    item, reviewer = (np.array([pair[n] for pair in pairs], np.int64) for n in (0, 1))
    shut = [(i, r) for i, r in pairs if (items[i], members[r]) in barred]
    return build_problem(
        items, members, item, reviewer, scores, demand=np.array([demand[i] for i in items], np.int64),
        max_load=np.array([most[m] for m in members], np.int64), min_load=least,
        conflicts=(np.array([i for i, _ in shut], np.int64), np.array([r for _, r in shut], np.int64)),
    )  # fmt: skip


def rules_of(
    material: Material, wishes: logic.Wishes, fixed: Collection[Pair] = (), keep: Keep | None = None
) -> Rules:
    """The wishes as the engine's rules."""
    spreads = []
    if wishes.one_organisation:
        spreads.append(Spread(ORGANISATION, material.organisations))
    if wishes.one_country:
        spreads.append(Spread(COUNTRY, material.countries))
    covers = []
    if wishes.language:
        covers.append(Cover(LANGUAGE, material.able, 1 if wishes.language == "one" else 1000))
    if wishes.experienced:
        covers.append(
            Cover(EXPERIENCED, dict.fromkeys(material.items, material.experienced), wishes.experienced)
        )
    required = [(number, name) for number, name, _why in wishes.required]
    return Rules(
        tuple(spreads), tuple(covers), sorted({*required, *fixed}), keep,
        wishes.cap if wishes.objective == "random" else None,
    )  # fmt: skip


def measures_of(found: Assignment, priced: list[list[Any]]) -> dict[str, Any]:
    """What is kept of an answer beside its pairs."""
    measures: dict[str, Any] = {
        "total": found.total, "worst": found.worst, "p05": found.p05, "bound_total": found.bound_total,
        "bound_worst": found.bound_worst, "status": found.status, "gap": found.gap, "prices": priced,
        "loads": dict(sorted(Counter(found.loads.values()).items())),
    }  # fmt: skip
    if found.drawn:
        drawn = found.drawn
        measures |= {"expected": drawn.expected, "probability": drawn.probability, "mended": drawn.mended}
    return measures
