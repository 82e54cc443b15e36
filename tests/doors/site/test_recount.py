"""The verifier of one file: it needs nothing of the product, and finds whatever the product's own finds."""

import ast
import contextlib
import copy
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from secretariat.doors.site import recount
from secretariat.engines.bundles.container import write_bundle
from secretariat.engines.sealed import notes
from secretariat.engines.sealed.canonical import canonical
from tests.engines.bundles.factory import Maker, make_key
from tests.engines.bundles.test_verify import CHECKED_FILES, HONEST, TAMPERING, anything, places, replaced

PROGRAM = Path(recount.__file__)


def written(files, path):
    write_bundle(path, copy.deepcopy(files))
    return recount.read(path)


def objections(files, path, head=""):
    return {title for title, against, _ in recount.steps_of(written(files, path), head) if against}


def run(*arguments):
    command = [sys.executable, "-I", "-S", str(PROGRAM), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def test_it_imports_the_standard_library_alone():
    tree = ast.parse(PROGRAM.read_text())
    modules = {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    modules |= {name.name for n in ast.walk(tree) if isinstance(n, ast.Import) for name in n.names}
    assert {module.split(".")[0] for module in modules} - set(sys.stdlib_module_names) == set()


@pytest.mark.parametrize("name", ["selection.zip", "selection"])
def test_an_honest_bundle_holds_in_every_step(tmp_path, name):
    write_bundle(tmp_path / name, HONEST.files())
    (tmp_path / "receipt.txt").write_text(
        f"Received with thanks.\n\n> {HONEST.receipts[0].replace(chr(10), chr(10) + '> ')}"
    )
    told = run(tmp_path / name, tmp_path / "receipt.txt")
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.endswith("It holds.\n") and "The head obtained elsewhere agrees" in told.stdout
    assert {line[:2] for line in told.stdout.splitlines()[:-1]} == {"ok"}


@pytest.mark.parametrize("change", TAMPERING, ids=lambda change: change.__name__)
def test_tampering_is_found_under_a_fresh_manifest(change, tmp_path):
    files = copy.deepcopy(HONEST.files())
    change(files)
    assert objections(files, tmp_path / "b")


@settings(max_examples=60)
@given(st.data())
def test_no_value_that_counts_can_be_changed_unnoticed(tmp_path_factory, data):
    honest = HONEST.files()
    name = data.draw(st.sampled_from(CHECKED_FILES))
    path = data.draw(st.sampled_from(list(places(honest[name]))))
    changed = replaced(honest[name], path, data.draw(anything))
    assume(canonical(changed) != canonical(honest[name]))
    with contextlib.suppress(recount.Unreadable):
        assert objections(honest | {name: changed}, tmp_path_factory.mktemp("b") / "b", HONEST.receipts[0])


def test_no_bit_of_the_packed_bundle_can_be_flipped_unnoticed(tmp_path):
    packed = tmp_path / "selection.zip"
    write_bundle(packed, HONEST.files())
    files, drawn = recount.read(packed), random.Random(1)
    for name, data in files.items():
        for _ in range(3):
            at, bit = drawn.randrange(len(data)), 1 << drawn.randrange(8)
            flipped = data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :]
            with contextlib.suppress(recount.Unreadable):
                assert any(against for _, against, _ in recount.steps_of(files | {name: flipped}))


def test_a_wholly_forged_bundle_holds_by_itself_and_not_against_a_head_from_elsewhere(tmp_path):
    forged = Maker(make_key())
    assert objections(forged.files(), tmp_path / "forged") == set()
    assert objections(forged.files(), tmp_path / "again", HONEST.receipts[0]) == {
        "The head obtained elsewhere agrees"
    }


def test_it_spells_as_the_product_does():
    for value in (
        0.1,
        1e21,
        1e-7,
        123456789012345680000.0,
        -2.5,
        {"\U0001f600": 1, "é": [None, True, "\n\u2028"]},
    ):
        assert recount.canonical(value).encode() == canonical(value)


def test_it_knows_good_signatures_from_others():
    key = make_key()
    note = notes.sign("a text\n", key)
    signature = recount.base64.b64decode(note.splitlines()[-1].split(" ")[2])[4:]
    public = key.verifier.public
    assert recount.is_signed(public, b"a text\n", signature)
    assert not recount.is_signed(public, b"a test\n", signature)
    assert not recount.is_signed(public, b"a text\n", signature[:-1] + bytes([signature[-1] ^ 1]))
    # The same point with the order added to its number: RFC 8032 refuses it.
    more = int.from_bytes(signature[32:], "little") + recount.ORDER
    assert not recount.is_signed(public, b"a text\n", signature[:32] + more.to_bytes(32, "little"))


@pytest.mark.parametrize("content", [None, b"no zip at all"])
def test_what_is_no_bundle_is_said_to_be_none(tmp_path, content):
    path = tmp_path / "selection.zip"
    if content is not None:
        path.write_bytes(content)
    told = run(path)
    assert (
        told.returncode == 2 and told.stderr.startswith("cannot be read:") and "Traceback" not in told.stderr
    )
