from secretariat.engines.assignment import Cover, Price, Rules, Spread, build_problem, prices, solve
from secretariat.engines.assignment.simulate import scarce_expertise
from tests.engines.assignment.test_ruled import ITEMS, ORG, READERS, SCORES


def small(**kw):
    import numpy as np

    codes = np.array([(ITEMS.index(i), READERS.index(r)) for i, r, _ in SCORES])
    scores = np.array([score for _, _, score in SCORES])
    return build_problem(ITEMS, READERS, *codes.T, scores, **{"demand": 2, "max_load": 2, **kw})


def rounded(found):
    return [(p.rule, round(p.total, 9), round(p.worst, 9), p.is_exact) for p in found]


def test_each_rule_is_priced_by_what_would_be_without_it():
    problem, rules = small(min_load=1), Rules(spreads=(ORG,), covers=(Cover("language", {"a": ["x"]}),))
    found = solve(problem, "total", rules)
    assert found.total == 2.3  # a: u and x, b: v and w
    assert rounded(prices(problem, rules, "total", found)) == [
        ("organisation", 0.0, 0.0, True),
        ("language", 0.0, 0.0, True),
        ("min_load", 0.0, 0.0, True),
        ("max_load", 0.0, 0.0, True),
    ]


def test_a_cap_is_priced_by_expectation():
    problem = scarce_expertise(20, 12, slots=1.5, seed=2)
    rules = Rules(cap=0.5, spreads=(Spread("organisation", {r: r[-1] for r in problem.reviewers}),))
    found = solve(problem, "random", rules)
    by_rule = {price.rule: price for price in prices(problem, rules, "random", found)}
    assert set(by_rule) == {"organisation", "cap", "max_load"}
    assert by_rule["cap"] == Price("cap", by_rule["cap"].total, by_rule["cap"].worst, is_exact=True)
    without = solve(problem, "total", Rules(spreads=rules.spreads))
    assert by_rule["cap"].total == without.total - found.drawn.expected > 0
