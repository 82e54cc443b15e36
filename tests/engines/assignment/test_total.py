import numpy as np
from hypothesis import given, settings
from scipy.optimize import linprog
from scipy.sparse import csr_array

from secretariat.engines.assignment.simulate import scarce_expertise
from secretariat.engines.assignment.total import greatest_total
from tests.engines.assignment.instances import every_assignment, problems


def linear_optimum(problem):
    """The greatest total by HiGHS, from the same limits written as a linear programme."""
    pairs = problem.item.size
    ones = np.ones(pairs)
    by_item = csr_array((ones, (problem.item, np.arange(pairs))), shape=(len(problem.items), pairs))
    by_reviewer = csr_array(
        (ones, (problem.reviewer, np.arange(pairs))), shape=(len(problem.reviewers), pairs)
    )
    found = linprog(
        -problem.score,
        A_eq=by_item,
        b_eq=problem.demand,
        A_ub=np.vstack([by_reviewer.toarray(), -by_reviewer.toarray()]),
        b_ub=np.concatenate([problem.max_load, -problem.min_load]),
        bounds=(0, 1),
        method="highs",
    )
    return -found.fun


@settings(max_examples=150, deadline=None)
@given(problems())
def test_no_assignment_has_a_greater_total(problem):
    totals = [int(problem.weight[chosen].sum()) for chosen in every_assignment(problem)]
    chosen = greatest_total(problem)
    assert (chosen is None) == (not totals)
    if totals:
        assert any(np.array_equal(chosen, other) for other in every_assignment(problem))
        assert int(problem.weight[chosen].sum()) == max(totals)


def test_the_linear_programme_agrees():
    for seed in range(3):
        problem = scarce_expertise(60, 25, slots=1.2, seed=seed, digits=4)
        total = problem.value(int(problem.weight[greatest_total(problem)].sum()))
        assert abs(total - linear_optimum(problem)) < 1e-9 * abs(total)
