import json
import random

import pytest

from secretariat import cli
from secretariat.engines.calibration import calibrate
from secretariat.engines.calibration.simulate import simulate

KEYS = {
    "band",
    "command",
    "components",
    "connected",
    "inputs",
    "items",
    "options",
    "recommended",
    "reviewers",
}
KEYS |= {"tied_at_line", "variances", "version"}


@pytest.fixture
def run(tmp_path, capfd):
    """Run ``rank`` on a file with this content; the exit code, standard output and standard error."""

    def runner(content, *options, name="scores.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        try:
            code = cli.main(["rank", str(path), *options])
        except SystemExit as stopped:
            code = stopped.code
        out, err = capfd.readouterr()
        return code, out, err.replace(str(path), name)

    return runner


def table(reviews):
    return "item,reviewer,score\n" + "".join(f"{','.join(map(str, review))}\n" for review in reviews)


def simulated():
    made = simulate(items=20, reviewers=5, reviews=60, seed=3, mean=5, scale=(1, 10))
    return list(zip(made.items, made.reviewers, made.scores, strict=True))


def test_the_object_is_what_the_engine_finds(run):
    reviews = simulated()
    code, out, err = run(table(reviews), "--recommend", "6", "--json")
    assert (code, err) == (0, "")
    found, expected = json.loads(out), calibrate(*zip(*reviews, strict=True), recommend=6)
    assert set(found) == KEYS
    assert found["command"] == "rank"
    options = {"method": "additive", "recommend": 6, "seed": 0, "ties": "item", "lower_is_better": False}
    assert found["options"] == options | {"wide": None, "columns": {}, "where": {}}
    assert [tuple(entry.values()) for entry in found["items"]] == [
        tuple(getattr(entry, key) for key in ("high", "item", "low", "mean", "n", "p_above", "rank", "score"))
        for entry in expected.items
    ]
    assert found["recommended"] == list(expected.recommended) and len(found["recommended"]) == 6
    assert found["band"] == list(expected.band)
    assert found["reviewers"]["R1"] == {
        "bias": expected.reviewers["R1"].bias,
        "n": expected.reviewers["R1"].n,
        "spread": expected.reviewers["R1"].spread,
    }
    assert (found["connected"], found["components"]) == (True, 1)


@pytest.mark.parametrize("method", ["additive", "scaled", "mean", "z", "points", "mean-rank"])
def test_the_same_bytes_whatever_the_order_of_the_lines(run, method):
    reviews = simulated()
    options = ["--recommend", "6", "--json", "--method", method]
    _, before, _ = run(table(reviews), *options)
    random.Random(1).shuffle(reviews)
    _, after, _ = run(table(reviews), *options)
    one, other = json.loads(before), json.loads(after)
    assert one.pop("inputs") != other.pop("inputs")
    assert json.dumps(one) == json.dumps(other)


def test_human_readers_see_the_answer_first(run):
    reviews = [("A", "R", 9), ("A", "S", 8), ("B", "R", 5), ("B", "S", 4), ("C", "R", 5), ("C", "S", 4)]
    code, out, _ = run(table(reviews), "--recommend", "2", "--method", "mean")
    assert code == 0
    assert out.splitlines()[:4] == [
        "2 of 3 items recommended by mean score",
        "2 items tie at the line; name decided which are above it",
        "2 items are neither surely above nor surely below (0.1 < p < 0.9)",
        "",
    ]
    assert [line.split()[:4] for line in out.splitlines()[4:]] == [
        ["rank", "item", "n", "mean"],
        ["1", "A", "2", "8.500"],
        ["2", "B", "2", "4.500"],
        ["--", "the", "line"],
        ["2", "C", "2", "4.500"],
    ]


def test_parts_without_a_reviewer_in_common_are_pointed_out(run):
    _, out, _ = run(table([("A", "R", 9), ("B", "R", 8), ("C", "S", 5), ("D", "S", 4)]))
    assert "the reviews fall into 2 parts without a reviewer in common: compare with care\n" in out


def test_a_long_table_shows_both_ends_of_what_matters(run):
    _, out, _ = run(table((f"I{n:03}", "R", n) for n in range(100)), "--recommend", "50")
    ranks = [line.split()[0] for line in out.split("\n\n")[1].splitlines()[1:]]
    assert ranks == [
        *map(str, range(1, 21)),
        "…",
        *map(str, range(41, 51)),
        "--",
        *map(str, range(51, 61)),
        "…",
    ]


def test_the_lowest_may_be_the_best(run):
    _, out, _ = run(table([("A", "R", 1), ("B", "R", 5)]), "--recommend", "1", "--lower-is-better", "--json")
    assert json.loads(out)["recommended"] == ["A"]


def test_wide_rows_hold_lists_of_anonymous_scores(run):
    content = 'forum,ratings,confidences\nA,10 9 10,4 3 4\nB,"5, 6",1 2\nC,[7; 3],3 3\n'
    wide = ["--wide", "item=forum,scores=ratings,confidence=confidences", "--recommend", "1", "--json"]
    code, out, _ = run(content, *wide)
    found = json.loads(out)
    assert code == 0
    assert {entry["item"]: (entry["n"], entry["mean"]) for entry in found["items"]} == {
        "A": (3, 29 / 3),
        "B": (2, 5.5),
        "C": (2, 5.0),
    }
    assert (found["recommended"], found["reviewers"], found["connected"]) == (["A"], {}, False)
    assert found["variances"]["reviewer"] is None


def test_the_order_of_scores_in_a_list_is_of_no_account(run):
    wide = ["--wide", "item=item,scores=scores", "--json", "--recommend", "1"]
    outcomes = [
        json.loads(run(f"item,scores\n{rows}", *wide)[1]) for rows in ("A,1 2 4\nB,3 5\n", "B,5 3\nA,4 1 2\n")
    ]
    assert outcomes[0].pop("inputs") != outcomes[1].pop("inputs")
    assert outcomes[0] == outcomes[1]


def test_confidence_is_accepted_and_does_not_weigh(run):
    plain, confident = (
        json.loads(run(content, "--json")[1])
        for content in (
            "item,reviewer,score\nA,R,1\nB,R,4\n",
            "item,reviewer,score,confidence\nA,R,1,5\nB,R,4,1\n",
        )
    )
    assert plain["items"] == confident["items"]


HEADER = "item,reviewer,score\n"
WIDE = ("--wide", "item=item,scores=scores,confidence=sure")
ONLY = "only item, reviewer, score"
GRADE = "scores.csv: a column for 'grade' is named, but the columns are item, reviewer, score, confidence"
NOBODY = "scores.csv: the method z needs reviewers who scored at least two items; nobody did"
REFUSED = [
    ("", (), "scores.csv: is empty"),
    (HEADER, (), "scores.csv: has no rows"),
    ("item,reviewer\nA,R\n", (), "scores.csv:1: has no column 'score', only item, reviewer"),
    (HEADER + "A,R,1\nB,R,good\n", (), "scores.csv:3: score is 'good', not a number"),
    (HEADER + "A,R,NaN\n", (), "scores.csv:2: score is 'NaN', not a number"),
    (HEADER + "A,R,inf\n", (), "scores.csv:2: score is 'inf', not a number"),
    (HEADER + "A,R,1\nA,S,2\nA,R,3\n", (), "scores.csv:4: repeats item and reviewer 'A' and 'R' of line 2"),
    (HEADER + "A,R,1\n", ("--recommend", "2"), "scores.csv: 2 items cannot be recommended: there are 1"),
    (HEADER + "A,R,1\n", ("--columns", "score=points"), f"scores.csv:1: has no column 'points', {ONLY}"),
    (HEADER + "A,R,1\n", ("--columns", "grade=score"), GRADE),
    (HEADER + "A,R,1\n", ("--where", "year=2016"), f"scores.csv:1: has no column 'year', {ONLY}"),
    (HEADER + "A,R,1\n", ("--where", "item=B"), "scores.csv: none of its 1 rows has item=B"),
    (HEADER + "A,R,1\n", ("--method", "z"), NOBODY),
    ((HEADER + "A,R,1\n\xe9,R,1\n").encode("latin-1"), (), "scores.csv:3: the byte 0xE9 is not UTF-8 text"),
    ("item,scores,sure\nA,1 2,3 3\nB,1 x,3 3\n", WIDE, "scores.csv:3: an entry of scores is 'x', not a number"),
    ("item,scores,sure\nA,1 2,3\n", WIDE, "scores.csv:2: sure has 1 entries for 2 scores"),
    ("item,scores,sure\nA,1,1\nA,2,2\n", WIDE, "scores.csv:3: repeats item 'A' of line 2"),
    ("item,scores,sure\nA,,1\n", WIDE, "scores.csv:2: scores is empty"),
    ("item,scores\nA,1\n", WIDE, "scores.csv:1: has no column 'sure', only item, scores"),
    ("item,scores\nA,1\n", ("--wide", "item=item"), "scores.csv: --wide does not say which column holds scores"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "options", "message"), REFUSED, ids=range(len(REFUSED)))
def test_what_cannot_be_used_ends_with_one_line_and_nothing_written(run, tmp_path, content, options, message):
    target = tmp_path / "out.json"
    assert run(content, *options, "--json", "--out", str(target)) == (2, "", message + "\n")
    assert not target.exists()


@pytest.mark.parametrize(
    "options", [("--recommend", "0"), ("--method", "best"), ("--ties", "age"), ("--wide", "x")]
)
def test_options_that_make_no_sense_end_with_one_line(run, options):
    code, out, err = run(HEADER + "A,R,1\n", *options)
    assert (code, out) == (2, "") and err.count("\n") == 1
    assert err.startswith("secretariat rank: argument ")
