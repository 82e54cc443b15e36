"""Small random problems, and what every assignment of them comes to by trying them all."""

from itertools import combinations, product

import numpy as np
from hypothesis import strategies as st

from secretariat.engines.assignment import Problem, build_problem


@st.composite
def problems(draw, most_items=4, most_reviewers=4):
    """Problems small enough to try everything; scores with decimals and signs, loads bounded on both sides."""
    items = draw(st.integers(1, most_items))
    reviewers = draw(st.integers(1, most_reviewers))
    cells = list(product(range(items), range(reviewers)))
    listed = draw(st.lists(st.sampled_from(cells), unique=True))
    scores = draw(st.lists(st.integers(-300, 1000), min_size=len(listed), max_size=len(listed)))
    conflicts = draw(st.lists(st.sampled_from(cells), max_size=2))
    demand = draw(st.lists(st.integers(0, 2), min_size=items, max_size=items))
    least = draw(st.lists(st.integers(0, 1), min_size=reviewers, max_size=reviewers))
    more = draw(st.lists(st.integers(0, 2), min_size=reviewers, max_size=reviewers))
    return build_problem(
        [f"i{n}" for n in range(items)],
        [f"r{n}" for n in range(reviewers)],
        np.array([i for i, _ in listed], np.int64),
        np.array([r for _, r in listed], np.int64),
        np.array(scores) / 100,
        demand=np.array(demand),
        min_load=np.array(least),
        max_load=np.array(least) + np.array(more),
        conflicts=(
            np.array([i for i, _ in conflicts], np.int64),
            np.array([r for _, r in conflicts], np.int64),
        ),
    )


def every_assignment(problem: Problem):
    """All sets of pairs (as sorted index tuples) that keep demands and loads."""
    choices = [
        list(combinations(np.flatnonzero(problem.item == item).tolist(), int(wanted)))
        for item, wanted in enumerate(problem.demand)
    ]
    for parts in product(*choices):
        chosen = [pair for part in parts for pair in part]
        loads = np.bincount(problem.reviewer[chosen], minlength=len(problem.reviewers))
        if (loads >= problem.min_load).all() and (loads <= problem.max_load).all():
            yield np.array(chosen, np.int64)
