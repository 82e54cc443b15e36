"""Assignment against the bids of a real conference and the seeded instances, both read in place."""

import importlib.util
import json
import re
from pathlib import Path

import pytest

from secretariat.engines.assignment import assign, build_problem, solve

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
BIDS = SHARED / "data" / "reviewer-bids-preflib"
INSTANCES = SHARED / "bench" / "instances.py"


def bids(path):
    """Reviewers' levels as scores: 4 for the first, 2 for the second, 1 from the third on."""
    lines = path.read_text().splitlines()
    papers = [line.split(",", 1)[0] for line in lines[1 : 1 + int(lines[0])]]
    scores = []
    for reviewer, line in enumerate(lines[2 + len(papers) :]):
        for level, group in enumerate(re.findall(r"\{([^}]*)\}", line)):
            weight = (4, 2)[level] if level < 2 else 1
            scores += [(paper, f"r{reviewer:02d}", float(weight)) for paper in filter(None, group.split(","))]
    return papers, sorted({reviewer for _, reviewer, _ in scores}), scores


@pytest.mark.skipif(not BIDS.exists(), reason="../shared/data/reviewer-bids-preflib is not here")
def test_bids_of_a_conference_reach_the_known_optimum():
    expected = json.loads((BIDS / "expected.json").read_text())["files"]
    for name, facts in expected.items():
        papers, reviewers, scores = bids(BIDS / "data" / name)
        assert (len(papers), len(reviewers)) == (facts["papers"], facts["reviewers"])
        for case in facts["optimum"]:
            limits = {"per_item": case["per_paper"], "max_load": case["per_reviewer"]}
            found = assign(papers, reviewers, scores, **limits)
            assert len(scores) == case["allowed_pairs"]
            assert (found.status, found.total) == ("optimal", case["max_total"])
            fair = assign(papers, reviewers, scores, objective="fair", **limits)
            assert fair.status == "optimal"
            assert (fair.worst, fair.total) >= (found.worst, found.total)


@pytest.mark.skipif(not INSTANCES.exists(), reason="../shared/bench/instances.py is not here")
@pytest.mark.parametrize(
    ("name", "fingerprint", "total", "worst"),
    [
        ("seed257", "edges=9467 coi=194 sum=36836896 hash=4690287634", 579.733, 1.4985),
        ("mid2000", "edges=171471 coi=3319 sum=975605687 hash=85474223768", 5533.938, 2.2697),
    ],
)
def test_seeded_instances_reach_the_known_optimum(name, fingerprint, total, worst):
    spec = importlib.util.spec_from_file_location("instances", INSTANCES)
    instances = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(instances)
    made = instances.named(name)
    assert instances.fingerprint(made) == fingerprint
    problem = build_problem(
        [f"p{n:05d}" for n in range(made["P"])],
        [f"r{n:05d}" for n in range(made["R"])],
        made["paper"],
        made["reviewer"],
        made["score"],
        demand=made["per_paper"],
        min_load=made["lo"],
        max_load=made["hi"],
    )
    found = solve(problem)
    assert (round(found.total, 3), found.worst, found.gap) == (total, worst, 0.0)
    assert not {(int(i[1:]), int(r[1:])) for i, r, _ in found.pairs} & made["coi"]
    assert made["lo"] <= min(found.loads.values()) <= max(found.loads.values()) <= made["hi"]
    fair = solve(problem, "fair")
    assert (fair.status, fair.total, fair.worst) == ("optimal", found.total, worst)
