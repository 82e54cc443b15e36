"""Small problems under random rules, and every assignment that keeps them."""

import numpy as np
from hypothesis import strategies as st

from secretariat.engines.assignment import Cover, Problem, Rules, Spread
from tests.engines.assignment.instances import every_assignment, problems


@st.composite
def ruled_problems(draw):
    """A problem with a limit on one or two groupings, a need on some items, and perhaps a required pair."""
    problem = draw(problems())
    spreads = tuple(
        Spread(f"spread {n}", {r: draw(st.sampled_from("xyz")) for r in problem.reviewers if draw(st.booleans())})
        for n in range(draw(st.integers(0, 2)))
    )  # fmt: skip
    able = [r for r in problem.reviewers if draw(st.booleans())]
    needing = {item: able for item in problem.items if draw(st.integers(0, 3)) == 0}
    covers = (Cover("able", needing),) if needing else ()
    forced = ()
    if problem.item.size and draw(st.booleans()):
        place = draw(st.integers(0, problem.item.size - 1))
        forced = (named(problem, place),)
    return problem, Rules(spreads, covers, forced)


def named(problem: Problem, place: int) -> tuple[str, str]:
    return problem.items[problem.item[place]], problem.reviewers[problem.reviewer[place]]


def broken(rules: Rules, demand, pairs) -> set[str]:
    """The names of the rules that these pairs break."""
    readers: dict[str, list[str]] = {}
    for item, reviewer in pairs:
        readers.setdefault(item, []).append(reviewer)
    found = set()
    for spread in rules.spreads:
        for names in readers.values():
            groups = [spread.group[r] for r in names if r in spread.group]
            if any(groups.count(group) > spread.most for group in groups):
                found.add(spread.name)
    for cover in rules.covers:
        for item, able in cover.able.items():
            if len(set(readers.get(item, ())) & set(able)) < min(cover.least, demand[item]):
                found.add(cover.name)
    return found | ({"forced"} if set(rules.forced) - set(pairs) else set())


def every_ruled(problem: Problem, rules: Rules):
    """All assignments (as sorted index arrays) that keep demands, loads and rules."""
    demand = dict(zip(problem.items, problem.demand.tolist(), strict=True))
    for chosen in every_assignment(problem):
        chosen = np.sort(chosen)
        if not broken(rules, demand, [named(problem, place) for place in chosen.tolist()]):
            yield chosen
