"""Made-up problems in which experts are scarce, to test and time the fair assignment."""

from __future__ import annotations

import numpy as np

from secretariat.engines.assignment.problem import Problem, build_problem


def scarce_expertise(
    items: int, reviewers: int, *, slots: float, seed: int, topics: int = 3, listed: int = 40, digits: int = 2
) -> Problem:
    """A problem with three reviews an item, loads up to 1.3 times the even share, and few experts.

    `slots` is how many expert reviews an item there are in all. An expert scores the items of her topic (seven
    in ten of them) between 0.56 and 1; every item also lists `listed` reviewers at 0.02 to 0.35. `digits`:
    decimals of the scores. The greatest total then leaves some items without an expert.
    """
    rng = np.random.default_rng(seed)
    load = int(np.ceil(items * 3 / reviewers * 1.3))
    experts = np.arange(reviewers) < max(topics, round(slots * items / load))
    wants = rng.integers(0, topics, items)
    knows = np.concatenate([np.arange(topics), rng.integers(0, topics, reviewers - topics)])
    strength = rng.uniform(0.7, 1, reviewers)
    columns = []
    for item in range(items):
        expert = experts & (knows == wants[item])
        own = np.flatnonzero(expert & (rng.random(reviewers) < 0.7))
        names = np.union1d(own, rng.choice(reviewers, min(listed, reviewers), replace=False))
        high = strength[names] * rng.uniform(0.8, 1, names.size)
        low = rng.uniform(0.02, 0.35, names.size)
        columns.append((np.full(names.size, item), names, np.where(expert[names], high, low).round(digits)))
    item_codes, reviewer_codes, score = (np.concatenate(column) for column in zip(*columns, strict=True))
    return build_problem(
        [f"i{n:05d}" for n in range(items)],
        [f"r{n:05d}" for n in range(reviewers)],
        item_codes,
        reviewer_codes,
        score,
        demand=3,
        max_load=load,
    )


def better_for_all(
    items: int, reviewers: int, *, seed: int, spread: float, least: int, digits: int = 4
) -> Problem:
    """A problem without missing pairs whose scores depend on the reviewer more than on the item.

    Three reviews an item, loads from `least` up to `spread` times the even share.
    """
    rng = np.random.default_rng(seed)
    score = (rng.random(reviewers) * (0.7 + 0.3 * rng.random((items, reviewers)))).round(digits)
    item, reviewer = np.divmod(np.arange(score.size), reviewers)
    return build_problem(
        [f"i{n:03d}" for n in range(items)],
        [f"r{n:03d}" for n in range(reviewers)],
        item,
        reviewer,
        score.ravel(),
        demand=3,
        max_load=int(np.ceil(items * 3 / reviewers * spread)),
        min_load=least,
    )
