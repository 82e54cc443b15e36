"""``secretariat rank`` on real scores with known outcomes."""

import csv
import json
from fractions import Fraction
from pathlib import Path

import pytest

from secretariat import cli

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
ICLR = DATA / "review-scores-iclr-2017"
ITC = DATA / "competition-ranking-itc2007"
EUROVISION = DATA / "jury-scoring-eurovision"

needs = {
    folder: pytest.mark.skipif(not folder.is_dir(), reason=f"{folder.name} is not beside this clone")
    for folder in (ICLR, ITC, EUROVISION)
}


def rank(capfd, path, *options):
    assert cli.main(["rank", str(path), *options, "--json"]) == 0
    return json.loads(capfd.readouterr().out)


def expected_agreement(found, accepted, places):
    """How many of those above the line were accepted, on average over all ways to break the ties at it."""
    line = found["items"][places - 1]["rank"]
    above = [entry["item"] for entry in found["items"] if entry["rank"] < line]
    level = [entry["item"] for entry in found["items"] if entry["rank"] == line]
    left = places - len(above)
    return sum(item in accepted for item in above) + Fraction(
        left * sum(item in accepted for item in level), len(level)
    )


@pytest.fixture
def iclr(capfd):
    path = ICLR / "data" / "scores.csv"
    with path.open(newline="") as rows:
        accepted = {row["forum"] for row in csv.DictReader(rows) if row["decision"].startswith("Accept")}
    assert len(accepted) == 198
    wide = ["--wide", "item=forum,scores=ratings,confidence=confidences", "--recommend", "198"]
    return accepted, lambda *options: rank(capfd, path, *wide, *options)


@needs[ICLR]
def test_iclr_decisions_are_met_better_than_by_the_plain_mean(iclr):
    accepted, found = iclr
    plain, calibrated = found("--method", "mean"), found()
    assert len(calibrated["recommended"]) == len(set(calibrated["recommended"])) == 198
    assert float(expected_agreement(plain, accepted, 198)) == pytest.approx(175.5, abs=0.05)
    assert expected_agreement(calibrated, accepted, 198) >= 177
    assert len(plain["tied_at_line"]) == 42
    assert (calibrated["reviewers"], calibrated["connected"]) == ({}, False)


@needs[ICLR]
def test_iclr_decisions_on_sure_places_were_as_expected(iclr):
    accepted, found = iclr
    items = found()["items"]
    sure = [entry["item"] in accepted for entry in items if entry["p_above"] >= 0.9]
    hopeless = [entry["item"] in accepted for entry in items if entry["p_above"] <= 0.1]
    assert len(sure) > 50 and sum(sure) / len(sure) >= 0.95
    assert len(hopeless) > 100 and sum(hopeless) / len(hopeless) <= 0.05


@needs[ICLR]
def test_iclr_lots_draw_others_among_equals_and_only_there(iclr):
    _, found = iclr
    draws = [found("--ties", "lot", "--seed", str(seed)) for seed in range(4)]
    for draw in draws:
        level = set(draw["tied_at_line"])
        assert len(draw["recommended"]) == 198
        assert set(draw["recommended"]) - level == set(draws[0]["recommended"]) - level
    assert len({tuple(draw["recommended"]) for draw in draws}) > 1


@needs[ITC]
def test_itc2007_mean_ranks_are_the_published_ones(capfd, tmp_path):
    expected = json.loads((ITC / "expected.json").read_text())
    long = tmp_path / "long.csv"
    with (ITC / "data" / "scores.csv").open(newline="") as rows, long.open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["item", "reviewer", "score"])
        for row in csv.DictReader(rows):
            solver = row.pop("solver")
            for instance, cell in row.items():
                # Hard violations first, then soft ones.
                hard, soft = map(int, cell.split())
                writer.writerow([solver, instance, 1_000_000 * hard + soft])
    found = rank(capfd, long, "--method", "mean-rank", "--lower-is-better", "--recommend", "5")
    published = {str(solver): value for solver, value in expected["published_mean_rank"].items()}
    assert {e["item"]: e["score"] for e in found["items"]} == pytest.approx(published, abs=0.01)
    assert set(found["recommended"]) == {"1", "4", "5", "6", "7"}


@needs[EUROVISION]
@pytest.mark.parametrize(
    "year",
    sorted(json.loads((EUROVISION / "expected.json").read_text())) if EUROVISION.is_dir() else ["none"],
)
def test_eurovision_points_add_up_to_the_official_totals(capfd, year):
    expected = json.loads((EUROVISION / "expected.json").read_text())[year]
    columns = ["--columns", "item=to_country,reviewer=from_country,score=total_points"]
    options = ["--where", f"year={year},round=final", "--method", "points", "--recommend", "1"]
    found = rank(capfd, EUROVISION / "data" / "votes.csv", *columns, *options)
    assert {entry["item"]: entry["score"] for entry in found["items"]} == expected["official_totals"]
    assert found["recommended"] == expected["ranking"][:1]
