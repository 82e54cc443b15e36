from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secretariat.engines.assignment import Cover, Keep, ProblemError, Rules, Spread, Unserved, assign, solve
from secretariat.engines.assignment.programme import FEW_PAIRS, best, make_programme
from secretariat.engines.assignment.simulate import scarce_expertise
from tests.engines.assignment.instances import every_assignment
from tests.engines.assignment.ruled import broken, every_ruled, named, ruled_problems

ITEMS, READERS = ["a", "b"], ["u", "v", "w", "x"]
SCORES = [
    (item, reader, score)
    for item, row in (("a", (0.9, 0.8, 0.3, 0.1)), ("b", (0.8, 0.9, 0.4, 0.2)))
    for reader, score in zip(READERS, row, strict=True)
]
ORG = Spread("organisation", {"u": "one", "v": "one", "w": "two"})


def pairs(found):
    return {(item, reader) for item, reader, _ in found.pairs}


def run(rules, **kw):
    return assign(ITEMS, READERS, SCORES, **{"per_item": 2, "max_load": 2, "rules": rules, **kw})


@settings(max_examples=150, deadline=None)
@given(ruled_problems())
def test_no_assignment_within_the_rules_has_a_greater_total(case):
    problem, rules = case
    totals = [int(problem.weight[chosen].sum()) for chosen in every_ruled(problem, rules)]
    found = solve(problem, "total", rules)
    assert (found.status == "optimal") == bool(totals)
    if totals:
        assert round(found.total * 10**problem.digits) == max(totals)
        demand = dict(zip(problem.items, problem.demand.tolist(), strict=True))
        assert not broken(rules, demand, pairs(found))
    else:
        assert found.unserved or found.unfilled


@settings(max_examples=80, deadline=None)
@given(ruled_problems())
def test_no_assignment_within_the_rules_serves_the_worst_item_better(case):
    problem, rules = case
    served = problem.demand > 0
    sums = [problem.item_weights(chosen)[served] for chosen in every_ruled(problem, rules)]
    found = solve(problem, "fair", rules)
    if not sums or not served.any():
        return
    worst = max(int(each.min()) for each in sums)
    total = max(int(each.sum()) for each in sums if each.min() == worst)
    scale = 10**problem.digits
    assert (round(found.worst * scale), round(found.total * scale), found.status) == (worst, total, "optimal")


@settings(max_examples=80, deadline=None)
@given(ruled_problems(), st.data())
def test_a_repair_changes_as_few_pairs_as_can_be_and_is_then_the_best(case, data):
    problem, rules = case
    before = list(every_assignment(problem))
    if not before:
        return
    held = data.draw(st.sampled_from(before))
    keep = Keep([named(problem, place) for place in held.tolist()])
    every = [(int(np.isin(c, held).sum()), int(problem.weight[c].sum())) for c in every_ruled(problem, rules)]
    found = solve(problem, "total", replace(rules, keep=keep))
    if every:
        kept = len(pairs(found) & set(keep.pairs))
        assert (kept, round(found.total * 10**problem.digits)) == max(every)


@settings(max_examples=30, deadline=None)
@given(ruled_problems(), st.randoms(use_true_random=False))
def test_the_order_of_the_entries_decides_nothing_under_rules(case, draw):
    problem, rules = case
    scores = [(*named(problem, place), float(problem.score[place])) for place in range(problem.item.size)]
    loads = {
        "max_load": dict(zip(problem.reviewers, problem.max_load.tolist(), strict=True)),
        "min_load": dict(zip(problem.reviewers, problem.min_load.tolist(), strict=True)),
        "per_item": dict(zip(problem.items, problem.demand.tolist(), strict=True)),
    }
    items, reviewers = list(problem.items), list(problem.reviewers)
    before = assign(items, reviewers, scores, rules=rules, **loads)
    for entries in (items, reviewers, scores):
        draw.shuffle(entries)
    assert assign(items, reviewers, scores, rules=rules, **loads) == before


def test_readers_of_one_organisation_do_not_share_an_item():
    assert pairs(run(Rules())) == {("a", "u"), ("a", "v"), ("b", "u"), ("b", "v")}
    found = run(Rules(spreads=(ORG,)))
    assert (found.status, found.total, pairs(found)) == (
        "optimal", 2.5, {("a", "u"), ("a", "w"), ("b", "v"), ("b", "w")},
    )  # fmt: skip
    country = Spread("country", {"u": "c", "w": "c", "v": "d"})
    assert pairs(run(Rules(spreads=(ORG, country)))) == {("a", "v"), ("a", "w"), ("b", "v"), ("b", "w")}


def test_an_item_gets_readers_who_are_able():
    found = run(Rules(covers=(Cover("language", {"a": ["w", "x"]}, 9),)))
    assert pairs(found) == {("a", "w"), ("a", "x"), ("b", "u"), ("b", "v")}


def test_a_price_decides_what_is_worth_a_change():
    keep = [("a", "u"), ("a", "w"), ("b", "v"), ("b", "w")]
    assert pairs(run(Rules(keep=Keep(keep, 1.0)))) == set(keep)
    assert pairs(run(Rules(keep=Keep(keep, 0.1)))) == {("a", "u"), ("a", "v"), ("b", "u"), ("b", "v")}


@pytest.mark.parametrize(
    ("rules", "unserved"),
    [
        (
            Rules(spreads=(Spread("organisation", dict.fromkeys(READERS, "one")),)),
            "organisation: its eligible reviewers come from 1 groups and at most 1 of each may read it: 1 of 2 reviews "
            "possible",
        ),
        (
            Rules(covers=(Cover("language", {"a": ["x"]}, 2),)),
            "language: 2 of its readers must meet this, and 1 of its eligible reviewers do",
        ),
        (
            Rules(forced=[("a", "u"), ("a", "v"), ("a", "w")]),
            "3 pairs are required, and it wants 2 reviews",
        ),
    ],
    ids=["groups", "able", "required"],
)
def test_a_rule_that_cannot_be_kept_is_named_with_the_item(rules, unserved):
    found = run(rules)
    assert found.status == "infeasible"
    assert Unserved("a", unserved) in found.unserved


def test_rules_that_cannot_be_kept_together_name_the_item_where_they_break():
    rules = Rules(covers=(Cover("language", {"a": ["u"], "b": ["u"]}),))
    found = run(rules, max_load={"u": 1, "v": 2, "w": 2, "x": 2})
    assert [(u.why.split(":")[0], u.item in ITEMS) for u in found.unserved] == [("language", True)]


def test_a_required_pair_in_conflict_is_refused():
    with pytest.raises(
        ProblemError, match="item 'a', reviewer 'u': the pair is required, and may not be used"
    ):
        run(Rules(forced=[("a", "u")]), conflicts=[("a", "u")])


def test_a_large_problem_is_solved_on_a_part_of_its_pairs_with_the_same_answer(monkeypatch):
    problem = scarce_expertise(60, 25, slots=1.2, seed=1, digits=4)
    rules = Rules(spreads=(Spread("organisation", {r: r[-1] for r in problem.reviewers}),))
    whole = solve(problem, "total", rules)
    monkeypatch.setattr("secretariat.engines.assignment.programme.FEW_PAIRS", 100)
    part = solve(problem, "total", rules)
    assert problem.item.size < FEW_PAIRS
    assert (whole.total, whole.bound_total, whole.status) == (part.total, part.bound_total, "optimal")
    programme = make_programme(problem, rules)
    assert best(programme, problem.weight / programme.scale).chosen.size == problem.reviews
