import csv
import io
import json
import random

import pytest

from secretariat.engines.commands import affinity
from secretariat.engines.commands.contract import execute

ITEMS = ["a,Coral reefs in warm seas", "b,网络安全技术"]
WORKS = ["x,Reefs and their fish", "y,Cybersecurity for hospitals", "x,Timetables of trains", "z,诗歌"]


@pytest.fixture
def file(tmp_path):
    def write(name, *rows):
        path = tmp_path / name
        path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
        return str(path)

    return write


@pytest.fixture
def inputs(file):
    return (
        "--items", file("items.csv", "item,text", *ITEMS),
        "--reviewers", file("works.csv", "reviewer,text", *WORKS),
    )  # fmt: skip


def run(capsys, *argv):
    code = execute("affinity", affinity, list(argv))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def found(capsys, *argv):
    code, out, _ = run(capsys, *argv, "--json")
    assert code == 0
    return {key: value for key, value in json.loads(out).items() if key not in ("inputs", "version")}


def test_the_object_holds_every_pair_by_item_and_the_nearest_first(inputs, capsys):
    object_ = found(capsys, *inputs)
    scores = object_.pop("scores")

    assert object_ == {
        "command": "affinity",
        "options": {"columns": {}, "no_bridge": False, "seed": 0, "top": None, "where": {}},
    }
    assert [pair[:2] for pair in scores] == [
        ["a", "x"], ["a", "y"], ["a", "z"], ["b", "y"], ["b", "x"], ["b", "z"],
    ]  # fmt: skip
    assert [score > 0 for _, _, score in scores] == [True, False, False, True, False, False]
    assert all(0 <= score <= 1 for _, _, score in scores)


def test_without_json_it_is_csv_that_assign_can_read(inputs, capsys):
    code, out, err = run(capsys, *inputs)
    rows = list(csv.reader(io.StringIO(out)))
    scores = found(capsys, *inputs)["scores"]

    assert (code, err) == (0, "")
    assert rows[0] == ["item", "reviewer", "score"]
    assert [[item, reviewer, float(score)] for item, reviewer, score in rows[1:]] == scores


def test_names_with_commas_are_quoted(file, capsys):
    argv = (
        "--items",
        file("i.csv", "item,text", '"a, ""b""",sea'),
        "--reviewers",
        file("w.csv", "reviewer,text", "x,sea"),
    )

    assert run(capsys, *argv)[1].splitlines()[1].startswith('"a, ""b""",x,')


def test_top_keeps_the_nearest(inputs, capsys):
    scores = found(capsys, *inputs)["scores"]

    assert found(capsys, *inputs, "--top", "2")["scores"] == [*scores[:2], *scores[3:5]]
    assert found(capsys, *inputs, "--top", "9")["scores"] == scores


def test_the_order_of_the_lines_changes_no_byte(file, capsys):
    said = set()
    for seed in range(4):
        mixed = random.Random(seed)
        items, works = mixed.sample(ITEMS, len(ITEMS)), mixed.sample(WORKS, len(WORKS))
        argv = (
            "--items",
            file("i.csv", "item,text", *items),
            "--reviewers",
            file("w.csv", "reviewer,text", *works),
        )
        said.add(json.dumps(found(capsys, *argv)) + run(capsys, *argv)[1])

    assert len(said) == 1


def test_a_work_listed_twice_counts_once(file, inputs, capsys):
    doubled = file("doubled.csv", "reviewer,text", *WORKS, WORKS[0])

    assert found(capsys, *inputs[:3], doubled) == found(capsys, *inputs)


def test_a_bridge_of_ones_own_takes_the_place_of_the_glossary(file, inputs, capsys):
    bridge = file("bridge.csv", "term,translation", "诗歌,coral reefs")
    score = {
        (item, reviewer): value
        for item, reviewer, value in found(capsys, *inputs, "--bridge", bridge)["scores"]
    }

    assert score["a", "z"] > 0
    assert score["b", "y"] == 0
    object_ = found(capsys, *inputs, "--no-bridge")
    assert [pair[2] > 0 for pair in object_["scores"]] == [True, *[False] * 5]


def test_columns_and_rows_are_chosen(file, capsys):
    items = file("i.csv", "paper,abstract,year", "a,coral,2020", "b,trains,2021")
    works = file("w.csv", "reviewer,abstract", "x,trains")
    argv = (
        "--items",
        items,
        "--reviewers",
        works,
        "--columns",
        "item=paper,text=abstract",
        "--where",
        "year=2021",
    )

    assert [pair[:2] for pair in found(capsys, *argv)["scores"]] == [["b", "x"]]


GOLD = ["ParticipantID", *(f"Paper{n}" for n in range(1, 11)), *(f"Expertise{n}" for n in range(1, 11))]


def gold(*rows):
    def filled(cells):
        return [*cells, *[""] * (10 - len(cells))]

    lines = ("\t".join([who, *filled(papers), *filled(ratings)]) for who, papers, ratings in rows)
    return ["\t".join(GOLD), *lines]


def test_a_gold_standard_gives_the_loss(file, inputs, capsys):
    path = file(
        "gold.csv", *gold(("x", ["a", "b", "no_ss"], ["5.0", "1.5", "3"]), ("y", ["a", "b"], ["4", "2"]))
    )
    object_ = found(capsys, *inputs, "--gold", path, "--top", "1")

    # x is nearer to a, as she says; y to b, and she says the reverse: two of five and a half are lost.
    assert object_["loss"] == pytest.approx(2 / 5.5)
    assert object_["gold"] == {
        "loss": object_["loss"], "pairs": 2, "easy": 0.5, "hard": None, "participants": 2, "ratings": 4, "unknown": 1,
    }  # fmt: skip
    assert len(object_["scores"]) == 2
    code, out, _ = run(capsys, *inputs, "--gold", path)
    assert (code, out.splitlines()[0]) == (
        0, "loss 0.3636 over 2 pairs of ratings (0 right order, 0.5 chance)",
    )  # fmt: skip
    assert "1 ratings are of papers or participants that are not in the input" in out


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (gold(("x", ["a", "b"], ["3", "3"])), "gold.csv: no two ratings of one participant differ"),
        (gold(("u", ["a", "b"], ["3", "4"])), "gold.csv: none of its 2 ratings is of an item and a reviewer"),
        (["ParticipantID,Paper1"], "gold.csv:1: has the column 'Paper2' not at all"),
    ],
)
def test_a_gold_standard_that_judges_nothing_is_refused(file, inputs, capsys, rows, message):
    code, out, err = run(capsys, *inputs, "--gold", file("gold.csv", *rows))

    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.rsplit("/", 1)[-1].startswith(message)


@pytest.mark.parametrize(
    ("items", "works", "message"),
    [
        ([], WORKS, "items.csv: is empty"),
        (["item,text"], WORKS, "items.csv: has no rows"),
        (["item,abstract", "a,sea"], WORKS, "items.csv:1: has no column 'text', only item, abstract"),
        (["item,text", "a,sea", "b,"], WORKS, "items.csv:3: text is empty"),
        (["item,text", "a,sea", "b,…"], WORKS, "items.csv:3: text has no word"),
        (["item,text", ",sea"], WORKS, "items.csv:2: item is empty"),
        (["item,text", "a,sea", "a,land"], WORKS, "items.csv:3: repeats item 'a' of line 2"),
        (["item,text", "a,sea,land"], WORKS, "items.csv:2: has 3 fields, not 2"),
        (["item,text", 'a,"sea'], WORKS, "items.csv:2: cannot be split into fields: a quotation is never closed"),
        (["item,text", *ITEMS], [], "works.csv: is empty"),
        (["item,text", *ITEMS], ["reviewer,text", "x,reefs", "y,"], "works.csv:3: text is empty"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_named_with_file_and_line(file, capsys, items, works, message):
    if works is WORKS:
        works = ["reviewer,text", *WORKS]
    argv = ("--items", file("items.csv", *items), "--reviewers", file("works.csv", *works))
    code, out, err = run(capsys, *argv)

    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.rsplit("/", 1)[-1].startswith(message)


def test_bytes_that_are_no_utf_8_are_refused(file, inputs, tmp_path, capsys):
    (tmp_path / "latin.csv").write_bytes("item,text\na,caf\xe9\n".encode("latin-1"))

    assert run(capsys, "--items", str(tmp_path / "latin.csv"), *inputs[2:])[::2] == (
        2, f"{tmp_path / 'latin.csv'}:2: the byte 0xE9 is not UTF-8 text\n",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (
            ["--columns", "papers=item"],
            "a column for 'papers' is named, but the columns are item, reviewer, text",
        ),
        (["--no-bridge", "--bridge", "b.csv"], "--bridge and --no-bridge exclude each other"),
    ],
)
def test_options_that_do_not_fit_are_refused(inputs, capsys, argv, message):
    code, out, err = run(capsys, *inputs, *argv)

    assert (code, out, err.count("\n")) == (2, "", 1)
    assert message in err


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (["term,translation", "海,sea", "…,dots"], "bridge.csv:3: '…' has no word"),
        (["zh,en", "海,sea"], "bridge.csv:1: has no column 'term', only zh, en"),
        (
            ["term,translation", "海,sea", "海,sea"],
            "bridge.csv:3: repeats term and translation '海' and 'sea' of line 2",
        ),
    ],
)
def test_a_bridge_that_cannot_be_used_is_refused(file, inputs, capsys, rows, message):
    code, out, err = run(capsys, *inputs, "--bridge", file("bridge.csv", *rows))

    assert (code, out) == (2, "")
    assert err.rsplit("/", 1)[-1].startswith(message)


@pytest.mark.parametrize(
    ("limit", "value", "message"),
    [
        ("MOST_CHARACTERS", 9, "with the items 99 characters of text: more than 9"),
        ("MOST_PAIRS", 5, "with the reviewers 6 pairs: more than 5"),
        ("MOST_LISTED", 5, "6 scores would be listed, more than 5: give a (lower) --top"),
    ],
)
def test_too_much_is_refused_before_it_is_begun(inputs, capsys, monkeypatch, limit, value, message):
    monkeypatch.setattr(affinity, limit, value)
    code, out, err = run(capsys, *inputs)

    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.endswith(f"{message}\n")


def test_very_many_rows_end_in_one_line(tmp_path, inputs, capsys):
    path = tmp_path / "many.csv"
    path.write_text("item,text\n" + "".join(f"{n},sea\n" for n in range(100_000)))
    works = tmp_path / "w.csv"
    works.write_text("reviewer,text\n" + "".join(f"r{n},sea\n" for n in range(700)))
    code, out, err = run(capsys, "--items", str(path), "--reviewers", str(works))

    assert (code, out) == (2, "")
    assert err.endswith("many.csv: with the reviewers 70,000,000 pairs: more than 50,000,000\n")


def test_a_text_may_be_a_whole_paper_over_many_lines(file, inputs, capsys):
    paper = "Reefs, fish\n" * 20_000
    works = file("papers.csv", "reviewer,text", f'x,"{paper}"', "y,trains")

    assert found(capsys, *inputs[:2], "--reviewers", works)["scores"][0][:2] == ["a", "x"]


def test_standard_input_is_read_for_a_dash(inputs, capsys, monkeypatch):
    text = "item,text\n" + "".join(f"{row}\n" for row in ITEMS)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))

    assert found(capsys, "--items", "-", *inputs[2:]) == found(capsys, *inputs)
