"""The order of an agenda in which members who may not hear an item leave the room as seldom as possible.

Items with the same people outside stand together. Between two such groups those leave who may not hear the second
and could hear the first; everybody is inside at the beginning. Over a round trip that begins and ends with all inside
every exit is an entry too, so that exits are half the length of a tour whose distances are symmetric differences: a
travelling salesman's, solved by CP-SAT with one circuit. HotCRP orders its agendas for the same end.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# Deterministic units of CP-SAT, about seconds; a committee's agenda takes hundredths.
_EFFORT = 5.0


@dataclass(frozen=True, slots=True)
class Order:
    """``items`` as they are best taken up, with how often somebody leaves; no order has fewer than ``at_least``."""

    items: tuple[Any, ...]
    exits: int
    at_least: int


def order_by_exits(outside: Mapping[Hashable, Collection[Hashable]]) -> Order:
    """Order items, each with who may not hear it. Those nobody is kept from come first; inside a group, and between
    orders equally good, the given order decides as far as the solver leaves it a choice.
    """
    groups: dict[frozenset[Hashable], list[Hashable]] = {}
    for item, people in outside.items():
        groups.setdefault(frozenset(people), []).append(item)
    apart = [people for people in groups if people]
    tour, at_least = _tour(apart)
    items = [*groups.get(frozenset(), []), *(item for people in tour for item in groups[people])]
    return Order(tuple(items), exits_of([outside[item] for item in items]), at_least)


def exits_of(outside: Sequence[Collection[Hashable]]) -> int:
    """How often somebody leaves the room when items are taken up in this order, given who is outside at each."""
    inside_before = [set[Hashable](), *(set(people) for people in outside)]
    return sum(len(set(now) - before) for before, now in zip(inside_before, outside, strict=False))


def _tour(groups: list[frozenset[Hashable]]) -> tuple[list[frozenset[Hashable]], int]:
    """The groups in a shortest round trip from the full room, and the least number of exits of any."""
    if len(groups) < 2:
        return groups, sum(map(len, groups))
    from ortools.sat.python import cp_model

    nodes: list[frozenset[Hashable]] = [frozenset(), *groups]
    model = cp_model.CpModel()
    arcs = {
        (one, other): model.new_bool_var("")
        for one in range(len(nodes))
        for other in range(len(nodes))
        if one != other
    }
    model.add_circuit([(one, other, chosen) for (one, other), chosen in arcs.items()])
    model.minimize(sum(len(nodes[other] - nodes[one]) * chosen for (one, other), chosen in arcs.items()))
    begun = _near(nodes)
    hinted = set(zip(begun, [*begun[1:], begun[0]], strict=True))
    for arc, chosen in arcs.items():
        model.add_hint(chosen, arc in hinted)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers, solver.parameters.random_seed = 1, 0
    solver.parameters.max_deterministic_time = _EFFORT
    solver.solve(model)
    following_of = {one: other for (one, other), chosen in arcs.items() if solver.boolean_value(chosen)}
    tour, node = [], following_of[0]
    while node:
        tour.append(nodes[node])
        node = following_of[node]
    everybody = len(frozenset[Hashable]().union(*groups))
    return tour, max(everybody, round(solver.best_objective_bound))


def _near(nodes: list[frozenset[Hashable]]) -> list[int]:
    """A tour to begin with: always on to the nearest that is left, the first of several."""
    tour, left = [0], list(range(1, len(nodes)))
    while left:
        tour.append(min(left, key=lambda node: len(nodes[node] ^ nodes[tour[-1]])))
        left.remove(tour[-1])
    return tour
