import io
import json
import random

import pytest

from secretariat.engines.commands import assign
from secretariat.engines.commands.contract import execute

SCORES = ["b,x,0.9", "a,x,1.0", "b,y,0.3", "a,y,0.5"]


@pytest.fixture
def file(tmp_path):
    def write(name, *rows):
        path = tmp_path / name
        path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
        return str(path)

    return write


def run(capsys, *argv):
    code = execute("assign", assign, list(argv))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def found(capsys, *argv):
    code, out, _ = run(capsys, *argv, "--json")
    return code, {key: value for key, value in json.loads(out).items() if key not in ("inputs", "version")}


def test_the_object_holds_the_pairs_and_what_is_proved(file, capsys):
    scores = file("scores.csv", "item,reviewer,score", *SCORES)
    assert found(capsys, "--scores", scores, "--per-item", "1", "--max-load", "1") == (
        0,
        {
            "command": "assign",
            "options": {
                "cap": None, "columns": {}, "max_load": 1, "min_load": 0, "objective": "total", "per_item": 1,
                "seed": 0, "unlisted": None, "where": {},
            },
            "status": "optimal",
            "pairs": [["a", "y", 0.5], ["b", "x", 0.9]],
            "total": 1.4,
            "worst": 0.5,
            "p05": 0.52,
            "bound_total": 1.4,
            "bound_worst": 0.9,
            "gap": 0.0,
            "loads": {"x": 1, "y": 1},
        },
    )  # fmt: skip


def test_the_table_begins_with_the_answer(file, capsys):
    scores = file("scores.csv", *SCORES)
    code, out, err = run(capsys, "--scores", scores, "--per-item", "1", "--max-load", "1")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "2 reviews of 2 items by 2 of 2 reviewers, proved optimal",
        "total 1.4 (at most 1.4)",
        "worst item 0.5 (at most 0.9), 5th percentile 0.52",
        "loads 1 to 1",
        "",
        "item  reviewer  score",
        "a     y           0.5",
        "b     x           0.9",
    ]


def test_where_there_is_no_answer_the_items_are_named(file, capsys):
    scores, conflicts = file("scores.csv", *SCORES), file("conflicts.csv", "item,reviewer", "a,x", "a,y")
    argv = ("--scores", scores, "--conflicts", conflicts, "--per-item", "1", "--max-load", "2")
    why = "every pair is in conflict: 2 reviewers listed, none may review it"
    code, answer = found(capsys, *argv)
    assert (code, answer["status"], answer["pairs"], answer["total"]) == (1, "infeasible", [], None)
    assert (answer["unserved"], answer["unfilled"]) == ([{"item": "a", "why": why}], [])
    assert run(capsys, *argv)[:2] == (
        1,
        f"no assignment: 1 item cannot be served, 0 reviewers cannot have their minimum load\na: {why}\n",
    )


@pytest.mark.parametrize("objective", ["total", "fair"])
def test_the_order_of_the_lines_decides_nothing(file, capsys, objective):
    draw = random.Random(5)
    rows = [
        f"i{i},r{r},{draw.choice([0, 0.5, 1])}" for i in range(12) for r in range(7) if draw.random() < 0.9
    ]
    conflicts = [f"i{i},r{i % 7}" for i in range(0, 12, 3)]
    demand = [f"i{i},{1 + i % 3}" for i in range(12)]
    answers = []
    for _ in range(3):
        argv = ["--scores", file("s.csv", "item,reviewer,score", *rows)]
        argv += ["--conflicts", file("c.csv", "item,reviewer", *conflicts)]
        argv += ["--demand", file("d.csv", "item,n", *demand), "--max-load", "5", "--objective", objective]
        answers.append(found(capsys, *argv))
        for lines in (rows, conflicts, demand):
            draw.shuffle(lines)
    assert answers[0][0] == 0
    assert answers[1:] == answers[:2]


def test_files_can_name_their_columns_and_demands_go_by_item(file, capsys):
    scores = file("s.csv", "year,paper,who,fit", "1,a,x,1", "1,a,y,.5", "1,b,x,1", "2,b,z,1")
    demand = file("d.csv", "paper,n", "a,2")
    argv = ("--scores", scores, "--demand", demand, "--per-item", "1", "--max-load", "2")
    argv += ("--columns", "item=paper,reviewer=who,score=fit", "--where", "year=1")
    code, answer = found(capsys, *argv)
    assert (code, answer["pairs"]) == (0, [["a", "x", 1.0], ["a", "y", 0.5], ["b", "x", 1.0]])


def test_scores_come_from_standard_input_too(monkeypatch, capsys):
    text = "".join(f"{row}\n" for row in SCORES).encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text)))
    assert found(capsys, "--scores", "-", "--per-item", "1", "--max-load", "2")[1]["total"] == 1.9


SOUND = ["item,reviewer,score", *SCORES]


@pytest.mark.parametrize(
    ("scores", "other", "message"),
    [
        (["item,reviewer,points", "a,x,1"], {}, "scores.csv:1: "),
        ([*SOUND, "c,x,good"], {}, "scores.csv:6: score is 'good', not a number"),
        ([*SOUND, "c,x,nan"], {}, "scores.csv:6: score is 'nan', not a number"),
        ([*SOUND, "c,x,inf"], {}, "scores.csv:6: score is 'inf', not a number"),
        ([*SOUND, "c,,1"], {}, "scores.csv:6: reviewer is empty"),
        ([*SOUND, "c,x"], {}, "scores.csv:6: "),
        ([*SOUND, "a,x,0.2"], {}, "scores.csv:6: repeats item and reviewer 'a' and 'x' of line 3"),
        ([], {}, "scores.csv: is empty"),
        (SOUND[:1], {}, "scores.csv: has no rows"),
        ([*SOUND, "c,x,1e200"], {}, "scores.csv: scores as large as 1e+200 are out of range"),
        (SOUND, {"conflicts": ["item,reviewer", "a,x", "c,x"]},
         "conflicts.csv:3: item 'c' does not occur in the scores"),
        (SOUND, {"conflicts": ["item,reviewer", "a,z"]},
         "conflicts.csv:2: reviewer 'z' does not occur in the scores"),
        (SOUND, {"demand": ["item,n", "a,1", "z,2"]}, "demand.csv:3: item 'z' does not occur in the scores"),
        (SOUND, {"demand": ["item,n", "a,1.5"]}, "demand.csv:2: n is 1.5, not a number of reviews"),
        (SOUND, {"demand": ["item,n", "a,-1"]}, "demand.csv:2: n is -1, not a number of reviews"),
        (SOUND, {"demand": ["item,n", "a,1", "a,1"]}, "demand.csv:3: repeats item 'a' of line 2"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_named_with_file_and_line(file, capsys, scores, other, message):
    argv = ["--scores", file("scores.csv", *scores), "--per-item", "1", "--max-load", "2"]
    for name, rows in other.items():
        argv += [f"--{name}", file(f"{name}.csv", *rows)]
    code, out, err = run(capsys, *argv)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.rsplit("/", 1)[-1].startswith(message)


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["--max-load", "2"], "--per-item or --demand must say how many reviews an item gets"),
        (["--per-item", "1", "--max-load", "2", "--min-load", "3"], "--min-load 3 is above --max-load 2"),
    ],
)
def test_options_that_do_not_fit_are_refused(file, capsys, argv, message):
    code, out, err = run(capsys, "--scores", file("scores.csv", *SOUND), *argv)
    assert (code, out) == (2, "")
    assert err.endswith(f"{message}\n")


def test_a_demand_without_every_item_needs_a_number_for_the_others(file, capsys):
    demand = file("demand.csv", "item,n", "a,1")
    argv = ("--scores", file("scores.csv", *SOUND), "--demand", demand, "--max-load", "2")
    assert run(capsys, *argv)[2].endswith("demand.csv: item 'b' is missing, and no --per-item is given\n")
    assert run(capsys, *argv, "--per-item", "1")[0] == 0


def test_rules_come_from_files_beside_the_scores(file, capsys):
    scores = file("scores.csv", *SCORES, "a,z,0.2", "b,z,0.1")
    given = ["--scores", scores, "--per-item", "2", "--max-load", "2"]
    groups = file("groups.csv", "reviewer,group", "x,one", "y,one")
    required = file("required.csv", "item,reviewer", "a,y")
    keep = file("keep.csv", "item,reviewer", "b,z", "b,y")

    def pairs(*more):
        return {tuple(pair[:2]) for pair in found(capsys, *given, *more)[1]["pairs"]}

    assert pairs("--groups", groups) == {("a", "x"), ("a", "z"), ("b", "x"), ("b", "z")}
    assert pairs("--groups", groups, "--required", required) == {
        ("a", "y"),
        ("a", "z"),
        ("b", "x"),
        ("b", "z"),
    }
    assert {("b", "z"), ("b", "y")} < pairs("--keep", keep)
    barred = file("conflicts.csv", "item,reviewer", "a,y")
    code, _, err = run(capsys, *given, "--required", required, "--conflicts", barred)
    assert (code, "the pair is required, and may not be used" in err) == (2, True)


def test_a_draw_says_its_seed_and_its_probabilities(file, capsys):
    scores = file("scores.csv", *SCORES)
    given = [
        "--scores",
        scores,
        "--per-item",
        "1",
        "--max-load",
        "1",
        "--objective",
        "random",
        "--cap",
        "0.5",
    ]
    _, payload = found(capsys, *given, "--seed", "4")
    assert payload["drawn"] == {"seed": 4, "expected": 1.35, "probability": 0.5, "mended": 0}
    _, out, _ = run(capsys, *given, "--seed", "4")
    assert "drawn with seed 4" in out and "expected 1.35, no pair more probable than 0.5" in out
    with pytest.raises(SystemExit):
        run(capsys, *given[:-1], "1.5")
    assert "not above 0 and at most 1" in capsys.readouterr().err
