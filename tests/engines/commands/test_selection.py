import copy
import hashlib
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from secretariat.engines.bundles import log_steps, stage_steps, verify
from secretariat.engines.bundles.container import bundle_digest, write_bundle
from secretariat.engines.commands import selection
from secretariat.engines.commands.contract import execute
from tests.engines.bundles.factory import Maker, make_key

KEY = make_key()
HONEST = Maker(KEY)
REWRITTEN = Maker(KEY, favour=HONEST.lists["reading"]["entries"][-1]["ref"])


@pytest.fixture
def bundle(tmp_path):
    write_bundle(tmp_path / "selection.zip", HONEST.files())
    return str(tmp_path / "selection.zip")


@pytest.fixture
def receipt(tmp_path):
    path = tmp_path / "receipt.txt"
    path.write_text(f"Receipt PC-001\n\n{HONEST.receipts[1]}\nPlease keep it.\n")
    return str(path)


def sha256(path):
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def test_an_honest_selection_holds(bundle, receipt, capsys):
    assert execute("selection", selection, ["verify", bundle, "--head", receipt]) == 0

    out, err = capsys.readouterr()
    assert out.startswith("The selection holds in every step.\n\nok  Every file is as the manifest says")
    assert "NO" not in out
    assert err == ""


def test_without_a_head_the_answer_says_what_was_not_looked_at(bundle, capsys):
    assert execute("selection", selection, ["verify", bundle]) == 0

    assert "Not held against a head obtained elsewhere" in capsys.readouterr().out.splitlines()[1]


def test_a_rewritten_log_is_caught_by_an_old_receipt(tmp_path, receipt, capsys):
    write_bundle(tmp_path / "rewritten", REWRITTEN.files())
    assert execute("selection", selection, ["verify", str(tmp_path / "rewritten")]) == 0
    capsys.readouterr()

    assert execute("selection", selection, ["verify", str(tmp_path / "rewritten"), "--head", receipt]) == 1

    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("The selection does NOT hold: 1 of ")
    assert lines[2].startswith(f"NO  {log_steps.HEAD}")
    assert [line[:2] for line in lines[3:]] == ["ok"] * (len(lines) - 3)


def test_the_json_object_has_the_keys_of_the_contract(bundle, receipt, capsys):
    assert execute("selection", selection, ["verify", bundle, "--head", receipt, "--json"]) == 0

    found = json.loads(capsys.readouterr().out)
    assert set(found) == {"command", "version", "options", "inputs", "ok", "steps"}
    assert found["ok"] is True
    assert found["command"] == "selection"
    assert found["options"] == {"action": "verify"}
    assert found["inputs"] == [
        {"name": bundle, "sha256": sha256(bundle)},
        {"name": receipt, "sha256": sha256(receipt)},
    ]
    assert all(set(step) == {"step", "ok", "expected", "found"} for step in found["steps"])


def test_a_failed_step_says_no_in_json_too(tmp_path, capsys):
    files = copy.deepcopy(HONEST.files())
    files["honours.json"][0]["level"] = "named"
    write_bundle(tmp_path / "bundle", files)

    assert execute("selection", selection, ["verify", str(tmp_path / "bundle"), "--json"]) == 1

    found = json.loads(capsys.readouterr().out)
    assert found["ok"] is False
    assert [step["step"] for step in found["steps"] if not step["ok"]] == [stage_steps.HONOURS]
    assert found["inputs"][0]["sha256"] == bundle_digest(tmp_path / "bundle")


def test_a_bundle_that_is_no_selection_is_a_no(tmp_path, capsys):
    write_bundle(tmp_path / "other.zip", {"ballot.json": []})

    assert execute("selection", selection, ["verify", str(tmp_path / "other.zip")]) == 1

    assert f"NO  {verify.SHAPE_STEP}" in capsys.readouterr().out


def test_a_zip_is_read_from_standard_input(bundle, monkeypatch, capsys):
    data = Path(bundle).read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))

    assert execute("selection", selection, ["verify", "-", "--json"]) == 0

    assert json.loads(capsys.readouterr().out)["inputs"] == [{"name": "-", "sha256": sha256(bundle)}]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: None, "selection: cannot be read: No such file or directory"),
        (lambda path: path.write_text("hello"), "selection: not a readable zip: File is not a zip file"),
        (lambda path: path.mkdir(), "selection: there is no manifest.json"),
    ],
)
def test_what_cannot_be_read_ends_with_one_line(make, message, tmp_path, capsys):
    make(tmp_path / "selection")

    assert execute("selection", selection, ["verify", str(tmp_path / "selection")]) == 2

    out, err = capsys.readouterr()
    assert out == ""
    assert err == f"{tmp_path}/{message}\n"


def test_a_file_that_is_no_json_is_named_with_its_place(tmp_path, capsys):
    write_bundle(tmp_path / "bundle", HONEST.files())
    (tmp_path / "bundle" / "rules.json").write_text("{")

    assert execute("selection", selection, ["verify", str(tmp_path / "bundle")]) == 2

    assert capsys.readouterr().err.startswith(f"{tmp_path}/bundle/rules.json: line 1, column 2: ")


def test_a_head_that_cannot_be_read_ends_with_one_line(bundle, tmp_path, capsys):
    (tmp_path / "head").write_bytes(b"head\n\xff")

    assert execute("selection", selection, ["verify", bundle, "--head", str(tmp_path / "head")]) == 2
    assert execute("selection", selection, ["verify", bundle, "--head", str(tmp_path / "none")]) == 2

    assert capsys.readouterr().err.splitlines() == [
        f"{tmp_path}/head:2: the byte 0xFF is not UTF-8 text",
        f"{tmp_path}/none: cannot be read: No such file or directory",
    ]


def test_nothing_in_a_bundle_steers_the_terminal(tmp_path, capsys):
    files = copy.deepcopy(HONEST.files())
    files["honours.json"][0]["ref"] = "\x1b[2J\u202eevil\nok  all is well"
    write_bundle(tmp_path / "bundle", files)

    assert execute("selection", selection, ["verify", str(tmp_path / "bundle")]) == 1

    out = capsys.readouterr().out
    assert "�[2J�evil�ok  all is well is not on the final list" in out
    assert "\x1b" not in out


def test_no_django_is_loaded(bundle):
    script = (
        "import sys\n"
        "from secretariat.engines.commands import selection\n"
        "from secretariat.engines.commands.contract import execute\n"
        f"code = execute('selection', selection, ['verify', {bundle!r}])\n"
        "sys.exit(code or 'django' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
