"""The assignment as a network: item -> reviewer -> sink, solved by OR-Tools.

Minimum loads are mandatory supplies in the same network and not a first round of their own: what two flows
one after the other cannot do, one does exactly (the constraint matrix is totally unimodular, so the
integral flow is the optimum of the linear programme).
"""

from __future__ import annotations

import numpy as np

from secretariat.engines.assignment.problem import Codes, Ints, Problem


def cheapest(
    problem: Problem,
    tail: Codes,
    head: Codes,
    capacity: Ints,
    cost: Ints,
    demand: Ints,
    taken: Ints | int = 0,
) -> Ints | None:
    """Flow on each given arc that meets all demands at least cost; None where none can.

    Nodes: the reviewers come first (0 ... R - 1), then the sink (R), then any nodes of the caller's, node
    R + 1 + n supplying `demand[n]`. Arcs from the reviewers to the sink, between their load bounds, are
    added here. `taken`: reviews each reviewer has already, which count towards her bounds.
    """
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    reviewers = len(problem.reviewers)
    least, most = np.maximum(problem.min_load - taken, 0), problem.max_load - taken
    network = SimpleMinCostFlow()
    network.add_arcs_with_capacity_and_unit_cost(tail, head, capacity, cost)
    every = np.arange(reviewers)
    network.add_arcs_with_capacity_and_unit_cost(
        every,
        np.full(reviewers, reviewers),
        most - least,
        np.zeros(reviewers, np.int64),
    )
    spare = int(demand.sum() - least.sum())
    if spare < 0:
        return None
    network.set_nodes_supplies(
        np.arange(reviewers + 1 + demand.size), np.concatenate([-least, [-spare], demand])
    )
    status = network.solve()
    if status == network.INFEASIBLE:
        return None
    if status != network.OPTIMAL:
        raise ArithmeticError(f"the flow solver stopped with status {status!r}")
    return network.flows(np.arange(tail.size))


def largest(tail: Codes, head: Codes, capacity: Ints, source: int, sink: int) -> tuple[Ints, Ints]:
    """A maximum flow: the flow on each arc, and the nodes on the source's side of the smallest cut."""
    from ortools.graph.python.max_flow import SimpleMaxFlow

    network = SimpleMaxFlow()
    network.add_arcs_with_capacity(tail, head, capacity)
    status = network.solve(source, sink)
    if status != network.OPTIMAL:
        raise ArithmeticError(f"the flow solver stopped with status {status!r}")
    side = np.asarray(network.get_source_side_min_cut(), np.int64)
    return network.flows(np.arange(tail.size)), side
