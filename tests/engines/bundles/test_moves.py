"""What a committee moves across the line by votes: how places are dealt out, and what a recount says of it."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.doors.site import recount
from secretariat.engines.bundles import stage_steps, verify
from secretariat.engines.bundles.container import write_bundle
from secretariat.engines.bundles.counting import cut
from tests.engines.bundles.factory import Maker, failed, found, make_key

KEY = make_key()
MOVED = Maker(KEY, moves=True)
READING = "stages/02-reading.json"
KEEP_THREE = {"kind": "calibrated", "keep": 3, "levels": []}


def move(ref, to):
    return {"ref": ref, "to": to}


@pytest.mark.parametrize(
    ("moves", "kept"),
    [
        ([], "ABC"),
        ([move("E", "above")], "ABE"),
        ([move("A", "below")], "BCD"),
        ([move("E", "above"), move("A", "below")], "BCE"),
        ([move("A", "above")], "ABC"),
        ([move("E", "above"), move("E", "below")], "ABC"),
        ([move("D", "above"), move("E", "above"), move("C", "above")], "CDE"),
    ],
)
def test_who_keeps_a_place(moves, kept):
    outcomes = cut("ABCDE", KEEP_THREE, moves)
    assert list(outcomes) == list("ABCDE")
    assert "".join(ref for ref, outcome in outcomes.items() if outcome == "kept") == kept


MOVES = st.lists(
    st.builds(move, st.sampled_from("ABCDEFGH"), st.sampled_from(["above", "below"])), max_size=6
)


@given(moves=MOVES, keep=st.integers(0, 8))
def test_as_many_are_kept_as_declared_where_enough_are_left(moves, keep):
    outcomes = cut("ABCDEFGH", {**KEEP_THREE, "keep": keep}, moves)
    to = {each["ref"]: each["to"] for each in moves}
    below = sum(side == "below" for side in to.values())
    kept = [ref for ref, outcome in outcomes.items() if outcome == "kept"]
    assert len(kept) == min(keep, 8 - below)
    assert not any(to.get(ref) == "below" for ref in kept)
    if sum(side == "above" for side in to.values()) <= keep:
        assert all(ref in kept for ref, side in to.items() if side == "above")


def test_a_list_with_moves_holds_in_both_recounts(tmp_path):
    files = MOVED.files()
    assert failed(files, MOVED.receipts[0]) == set()
    assert found(files, stage_steps.moves_step("reading")) == "2 moves"
    write_bundle(tmp_path / "b", files)
    assert [step for step, against, _ in recount.steps_of(recount.read(tmp_path / "b")) if against] == []
    kept = [e["rank"] for e in files[READING]["entries"] if e["outcome"] == "kept"]
    assert 8 in kept and 3 not in kept and len(kept) == 6


def without_a_rule(files):
    del files["rules.json"]["stages"][1]["moves"]


def without_a_majority(files):
    files[READING]["moves"][0]["votes"]["no"] = 5


def of_a_stranger(files):
    files[READING]["moves"][0]["ref"] = "PC-004"


def by_one_ballot(files):
    files[READING]["moves"][1]["ballot"] = files[READING]["moves"][0]["ballot"]


def quietly_undone(files):
    del files[READING]["moves"][0]


@pytest.mark.parametrize(
    "change", [without_a_rule, without_a_majority, of_a_stranger, by_one_ballot, quietly_undone]
)
def test_moves_that_nobody_may_make_are_found_by_both(change, tmp_path):
    files = copy.deepcopy(MOVED.files())
    change(files)
    named = (
        stage_steps.moves_step("reading")
        if change is not quietly_undone
        else stage_steps.recount_step("reading")
    )
    assert named in failed(files) - {verify.MANIFEST_STEP}
    write_bundle(tmp_path / "b", files)
    spoken = {title: against for title, against, _ in recount.steps_of(recount.read(tmp_path / "b"))}
    assert spoken["reading: the list holds"]
