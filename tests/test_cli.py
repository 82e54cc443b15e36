import os
import subprocess
import sys
from pathlib import Path

import pytest

from secretariat import cli

ROOT = Path(__file__).resolve().parents[1]


def secretariat(code, *argv, **options):
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
    command = [sys.executable, "-c", code, *argv]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False, **options)


MAIN = "import sys; from secretariat.cli import main; code = main(); "


@pytest.mark.parametrize("argv", [[], ["--help"]])
def test_alone_it_says_what_there_is(argv, capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["secretariat"])
    assert cli.main(argv) == 0
    said = capsys.readouterr().out
    assert all(f"\n  {verb} " in said for verb in cli.VERBS)
    assert "secretariat help" in said


@pytest.mark.parametrize("method", ["additive", "mean"])
def test_an_engine_runs_without_django_and_a_small_one_without_scipy(tmp_path, method):
    path = tmp_path / "scores.csv"
    path.write_text("item,reviewer,score\nA,R,1\nB,R,2\nA,S,1\n")
    check = "print([name for name in ('django', 'psycopg', 'scipy') if name in sys.modules]); sys.exit(code)"
    done = secretariat(MAIN + check, "rank", str(path), "--recommend", "1", "--method", method)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"1 of 2 items recommended by {method} score\n")
    assert done.stdout.endswith("\n[]\n")


def test_a_reader_who_leaves_early_is_no_error(tmp_path):
    path = tmp_path / "scores.csv"
    path.write_text("item,reviewer,score\n" + "".join(f"item {n},R,{n}\n" for n in range(30_000)))
    code = MAIN + "sys.exit(code)"
    command = f"{sys.executable} -c '{code}' rank {path} --json | head -c 1"
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, shell=True, capture_output=True, text=True, env=environment, check=False)
    assert (done.stdout, done.stderr) == ("{", "")


def test_standard_input_is_read_for_a_dash():
    done = secretariat(MAIN + "sys.exit(code)", "rank", "-", input="item,reviewer,score\nA,R,1\nB,R,x\n")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "-:3: score is 'x', not a number\n")


def test_other_verbs_go_to_django():
    done = secretariat(MAIN + "sys.exit(code)", "no-such-verb")
    assert done.returncode == 1
    assert "Unknown command: 'no-such-verb'" in done.stderr
