import copy

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from secretariat.engines.bundles import input_steps, log_steps, stage_steps, verify
from secretariat.engines.bundles.container import Bundle, inspect_bundle, write_bundle
from secretariat.engines.bundles.verify import verify_selection
from secretariat.engines.sealed.canonical import canonical
from tests.engines.bundles.factory import INELIGIBLE, WITHDRAWN, Maker, failed, found, make_key

KEY = make_key()
HONEST = Maker(KEY)
READING = "stages/02-reading.json"
FINALS = "stages/03-finals.json"
LEVELS = "stages/04-honours.json"


@pytest.fixture
def files():
    return copy.deepcopy(HONEST.files())


def test_an_honest_selection_holds_in_every_step(files, tmp_path):
    write_bundle(tmp_path / "selection.zip", files)

    steps = verify_selection(inspect_bundle(tmp_path / "selection.zip"), HONEST.receipts[0])

    assert {step.step for step in steps if not step.ok} == set()
    assert [step.step for step in steps] == [
        verify.MANIFEST_STEP,
        verify.SHAPE_STEP,
        log_steps.SIGNED,
        log_steps.TREE,
        log_steps.ENTRIES,
        log_steps.RULES,
        log_steps.INPUTS,
        *map(log_steps.list_step, ("eligibility", "reading", "finals", "honours")),
        log_steps.BEFORE,
        log_steps.ORDER,
        log_steps.HEAD,
        input_steps.COUNTS,
        input_steps.CHECKED,
        input_steps.ELIGIBILITY,
        input_steps.CONFLICTS,
        input_steps.SCALES,
        input_steps.OVERALL,
        *(
            title(stage)
            for stage in ("eligibility", "reading", "finals", "honours")
            for title in (
                stage_steps.entrants_step,
                stage_steps.basis_step,
                stage_steps.recount_step,
                stage_steps.places_step,
                stage_steps.decision_step,
            )
        ),
        stage_steps.HONOURS,
    ]
    assert all(step.expected and step.found for step in steps)


def test_a_selection_under_way_holds_too(files):
    for name in (FINALS, LEVELS):
        del files[name]
    files["reviews.json"] = [review for review in files["reviews.json"] if review["stage"] == "reading"]
    files["honours.json"] = []
    files["log/entries.json"] = [
        entry for entry in files["log/entries.json"] if entry["payload"]["stage"] not in ("finals", "honours")
    ]

    assert failed(files) == set()
    assert found(files, verify.SHAPE_STEP) == "2 of 4 declared lists frozen"


# What somebody may change in the files of a bundle, with a fresh manifest over it, and which steps say so.


def change_a_score(files):
    scores = files["reviews.json"][0]["scores"]
    scores["leadership"] = 1 if scores["leadership"] == 5 else 5


def score_off_the_scale(files):
    files["reviews.json"][0]["scores"]["leadership"] = 50


def change_an_overall_score(files):
    files["reviews.json"][0]["overall"] += 0.001


def review_by_a_conflicted(files):
    review = files["reviews.json"][0]
    files["conflicts.json"].append(
        {"item": review["item"], "reviewer": review["reviewer"], "kind": "same employer"}
    )


def swap_two_ranks(files):
    entries = files[READING]["entries"]
    entries[6]["ref"], entries[5]["ref"] = entries[5]["ref"], entries[6]["ref"]


def change_an_interval(files):
    files[READING]["entries"][9]["low"] -= 1e-6


def keep_one_more(files):
    files[READING]["entries"][6]["outcome"] = "kept"


def keep_one_more_in_the_rules(files):
    files["rules.json"]["stages"][1]["keep"] = 7


def drop_an_entry(files):
    files[READING]["entries"].pop()


def add_an_item(files):
    files[READING]["entries"].append(files[READING]["entries"][-1] | {"ref": INELIGIBLE, "rank": 11})


def swap_levels(files):
    entries = files[LEVELS]["entries"]
    entries[1]["outcome"], entries[2]["outcome"] = entries[2]["outcome"], entries[1]["outcome"]


def refuse_another(files):
    files[READING]["decision"]["refused"][0]["ref"] = files[READING]["entries"][1]["ref"]


def refuse_what_had_no_place(files):
    refusal = {"ref": files[LEVELS]["entries"][3]["ref"], "reason": "Late."}
    files[LEVELS]["decision"]["refused"].append(refusal)


def another_office_decides(files):
    files[LEVELS]["decision"]["authority"] = "Treasurer"


def withdraw_quietly(files):
    files["inputs.json"][0]["state"] = "withdrawn"


def forget_a_submission(files):
    del files["inputs.json"][0]


def declare_eligible(files):
    row = next(row for row in files["eligibility.json"] if row["ref"] == INELIGIBLE)
    row["eligible"] = True


def honour_another(files):
    files["honours.json"][0]["ref"] = WITHDRAWN


def raise_an_honour(files):
    files["honours.json"][-1]["level"] = "presented"


def log_another_digest(files):
    files["log/entries.json"][0]["payload"]["digest"] = "0" * 64


def backdate_the_inputs(files):
    files["inputs.json"][0]["received_at"] = "2042-01-01T00:00:00+00:00"


def leave_out_a_log_entry(files):
    del files["log/entries.json"][3]


def cut_the_tree(files):
    files["log/tree.json"]["leaves"].pop()


def edit_the_head(files):
    files["log/head.txt"] = files["log/head.txt"].replace("time 2042", "time 2041")


STAGES = ("eligibility", "reading", "finals", "honours")
BASES = {stage_steps.basis_step(stage) for stage in STAGES}
READ_REVIEWS = {stage_steps.basis_step("reading"), stage_steps.basis_step("finals")}
READ_RECOUNTS = {stage_steps.recount_step("reading"), stage_steps.recount_step("finals")}
READING_LISTED = {log_steps.list_step("reading"), stage_steps.recount_step("reading")}
FINALS_FOLLOW = {
    stage_steps.entrants_step("finals"),
    stage_steps.basis_step("finals"),
    stage_steps.recount_step("finals"),
}
HONOURS_DECIDED = {log_steps.list_step("honours"), stage_steps.decision_step("honours")}

TAMPERING = {
    change_a_score: {input_steps.OVERALL, *READ_REVIEWS, *READ_RECOUNTS},
    score_off_the_scale: {input_steps.SCALES, input_steps.OVERALL, *READ_REVIEWS, *READ_RECOUNTS},
    change_an_overall_score: {input_steps.OVERALL, *READ_REVIEWS},
    review_by_a_conflicted: {input_steps.CONFLICTS},
    swap_two_ranks: READING_LISTED | FINALS_FOLLOW,
    change_an_interval: READING_LISTED,
    keep_one_more: READING_LISTED | {stage_steps.places_step("reading")} | FINALS_FOLLOW,
    keep_one_more_in_the_rules: {
        log_steps.RULES,
        *BASES,
        stage_steps.recount_step("reading"),
        stage_steps.places_step("reading"),
    },
    drop_an_entry: READING_LISTED | {stage_steps.entrants_step("reading")},
    add_an_item: READING_LISTED | {stage_steps.entrants_step("reading")},
    swap_levels: {log_steps.list_step("honours"), stage_steps.recount_step("honours"), stage_steps.HONOURS},
    refuse_another: {log_steps.list_step("reading")} | FINALS_FOLLOW,
    refuse_what_had_no_place: HONOURS_DECIDED,
    another_office_decides: HONOURS_DECIDED,
    withdraw_quietly: {
        log_steps.INPUTS,
        input_steps.COUNTS,
        input_steps.CHECKED,
        stage_steps.entrants_step("eligibility"),
        *BASES,
    },
    forget_a_submission: {
        log_steps.INPUTS,
        input_steps.COUNTS,
        input_steps.CHECKED,
        stage_steps.entrants_step("eligibility"),
        *BASES,
        # Who came first among equals cannot be told of what is no input.
        *READ_RECOUNTS,
    },
    declare_eligible: {
        input_steps.ELIGIBILITY,
        stage_steps.basis_step("eligibility"),
        stage_steps.recount_step("eligibility"),
    },
    honour_another: {stage_steps.HONOURS},
    raise_an_honour: {stage_steps.HONOURS},
    log_another_digest: {log_steps.ENTRIES, log_steps.RULES},
    backdate_the_inputs: {log_steps.INPUTS, log_steps.BEFORE, *BASES},
    leave_out_a_log_entry: {log_steps.list_step("reading"), log_steps.ORDER},
    cut_the_tree: {log_steps.TREE},
    edit_the_head: {log_steps.SIGNED},
}


@pytest.mark.parametrize("change", TAMPERING, ids=lambda change: change.__name__)
def test_tampering_fails_in_these_steps_and_no_others(change, files):
    change(files)

    assert failed(files) == TAMPERING[change]


def test_a_file_changed_after_the_bundle_was_written_fails_the_manifest(files, tmp_path):
    write_bundle(tmp_path / "selection", files)
    target = tmp_path / "selection" / "selection.json"
    target.write_bytes(target.read_bytes().replace(b"Outstanding", b"Ourstanding"))

    steps = verify_selection(inspect_bundle(tmp_path / "selection"))

    assert [(step.step, step.found) for step in steps if not step.ok] == [
        (verify.MANIFEST_STEP, "selection.json was changed")
    ]


# Whatever stands in a bundle, verification answers; and no value that matters can be changed unnoticed.

CHECKED_FILES = sorted(
    name
    for name in HONEST.files()
    if name.endswith(".json") and name not in ("selection.json", "conflicts.json", "honours.json")
)
anything = (
    st.none()
    | st.booleans()
    | st.integers(-3, 10)
    | st.floats(0, 5)
    | st.sampled_from([1e308, -1e308, 5e-324, -1_000_000, 2**53 - 1])
    | st.text(max_size=3)
    | st.just([])
    | st.just({})
)


def places(value, path=()):
    yield path
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield from places(part, (*path, key))


def replaced(value, path, new):
    if not path:
        return new
    changed = copy.copy(value)
    changed[path[0]] = replaced(value[path[0]], path[1:], new)
    return changed


@given(st.data())
def test_no_value_that_counts_can_be_changed_unnoticed(data):
    honest = HONEST.files()
    name = data.draw(st.sampled_from(CHECKED_FILES))
    path = data.draw(st.sampled_from(list(places(honest[name]))))
    changed = replaced(honest[name], path, data.draw(anything))
    assume(canonical(changed) != canonical(honest[name]))

    assert failed(honest | {name: changed}, HONEST.receipts[0])


@given(st.data())
def test_whatever_stands_in_the_other_files_there_is_an_answer(data):
    honest = HONEST.files()
    name = data.draw(st.sampled_from(["selection.json", "conflicts.json", "honours.json"]))
    path = data.draw(st.sampled_from(list(places(honest[name]))))

    steps = verify_selection(Bundle(honest | {name: replaced(honest[name], path, data.draw(anything))}, ()))

    assert steps[0].ok


@pytest.mark.parametrize("name", sorted(HONEST.files()))
def test_a_missing_file_is_named(name, files):
    del files[name]
    if name == "log/tree.json":
        assert failed(files) == set()
    else:
        assert failed(files) & {verify.SHAPE_STEP, stage_steps.HONOURS, log_steps.ORDER}
