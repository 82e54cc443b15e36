import json
import os
import stat
import types

import pytest

from secretariat.engines.commands import contract
from secretariat.engines.commands.contract import Outcome, aligned, execute, pairs
from secretariat.engines.formats.source import InputError, Source


def verb(outcome=None, *, reads_tables=True, error=None):
    """The smallest verb: it finds what it is told to find."""

    def run(args):
        if error:
            raise error
        return outcome or Outcome({"answer": [1, 0.1]}, ["the answer"], sources=[Source("in.csv", "00")])

    def add_arguments(parser):
        parser.add_argument("file")
        parser.add_argument("--places", type=contract.whole_number(1), default=3)
        parser.add_argument("--seed", type=contract.whole_number(0), default=0)

    module = types.SimpleNamespace(INPUTS=("file",), READS_TABLES=reads_tables, __doc__="Finds.")
    module.run, module.add_arguments = run, add_arguments
    return module


def test_the_object_names_command_version_options_and_inputs(capfdbinary):
    outcome = Outcome({"é": "ü"}, [], sources=[Source("in.csv", "00")], options={"ties": "item"})
    assert execute("find", verb(outcome), ["in.csv", "--json", "--where", "year=2016"]) == 0
    out = capfdbinary.readouterr().out
    found = json.loads(out)
    assert found == {
        "command": "find",
        "inputs": [{"name": "in.csv", "sha256": "00"}],
        "options": {"columns": {}, "places": 3, "seed": 0, "ties": "item", "where": {"year": "2016"}},
        "version": "0.1.0",
        "é": "ü",
    }
    assert out.endswith(b"}\n") and out.count(b"\n") == 1 and "é".encode() in out
    assert list(found) == sorted(found)


def test_numbers_are_not_rounded(capfd):
    execute("find", verb(Outcome({"third": 1 / 3, "sum": 0.1 + 0.2}, [])), ["in.csv", "--json"])
    found = json.loads(capfd.readouterr().out)
    assert (found["third"], found["sum"]) == (1 / 3, 0.30000000000000004)


def test_human_readers_get_the_table(capfd):
    assert execute("find", verb(Outcome({}, ["first", "second"], exit_code=1)), ["in.csv"]) == 1
    assert capfd.readouterr() == ("first\nsecond\n", "")


def test_what_cannot_be_used_is_one_line_and_code_2(capfd, tmp_path):
    target = tmp_path / "out.json"
    refused = verb(error=InputError("in.csv", 4, "score is\n'x'"))
    assert execute("find", refused, ["in.csv", "--json", "--out", str(target)]) == 2
    assert capfd.readouterr() == ("", "in.csv:4: score is 'x'\n")
    assert list(tmp_path.iterdir()) == []


def test_out_replaces_a_file_whole_and_leaves_nothing_beside_it(capfd, tmp_path):
    target = tmp_path / "out.txt"
    target.write_text("before")
    assert execute("find", verb(), ["in.csv", "--out", str(target)]) == 0
    assert capfd.readouterr() == ("", "")
    assert target.read_text() == "the answer\n"
    assert list(tmp_path.iterdir()) == [target]
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(target.stat().st_mode) == 0o666 & ~mask


def test_out_to_a_place_that_cannot_be_written_is_refused(capfd, tmp_path):
    for path, reason in [(tmp_path, "is a folder"), (tmp_path / "none" / "x", "No such file or directory")]:
        assert execute("find", verb(), ["in.csv", "--out", str(path)]) == 2
        assert capfd.readouterr() == ("", f"{path}: cannot be written: {reason}\n")
    assert list(tmp_path.iterdir()) == []


def test_an_interrupted_write_leaves_the_file_as_it_was(tmp_path, monkeypatch):
    target = tmp_path / "out.txt"
    target.write_text("before")

    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        execute("find", verb(), ["in.csv", "--out", str(target)])
    assert target.read_text() == "before"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        ([], "the following arguments are required: file"),
        (["in.csv", "--places", "0"], "argument --places: 0 is less than 1"),
        (["in.csv", "--places", "x"], "argument --places: 'x' is not a whole number"),
        (["in.csv", "--where", "year"], "argument --where: 'year' is not of the form name=value,name=value"),
        (["in.csv", "--plac", "4"], "unrecognized arguments: --plac 4"),
    ],
)
def test_arguments_that_make_no_sense_are_one_line_and_code_2(capfd, argv, message):
    with pytest.raises(SystemExit) as stopped:
        execute("find", verb(), argv)
    assert stopped.value.code == 2
    assert capfd.readouterr() == ("", f"secretariat find: {message}; see secretariat find --help\n")


def test_only_verbs_that_read_tables_take_their_options(capfd):
    with pytest.raises(SystemExit):
        execute("find", verb(reads_tables=False), ["in.csv", "--where", "a=b"])
    assert "unrecognized arguments: --where a=b" in capfd.readouterr().err


def test_values_with_commas_are_quoted():
    assert pairs('year=2016,"place=Wuzhen, China"') == {"year": "2016", "place": "Wuzhen, China"}


def test_cells_are_aligned():
    assert aligned([("item", "score"), ("A", "10.5")], right=[1]) == ["item  score", "A      10.5"]
