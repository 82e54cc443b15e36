import copy

import pytest

from secretariat.engines.bundles.reading import ShapeError, read_selection, stage_file
from tests.engines.bundles.factory import Maker

HONEST = Maker().files()


@pytest.fixture
def files():
    return copy.deepcopy(HONEST)


def set_stage(index, **values):
    return lambda files: files["rules.json"]["stages"][index].update(values)


def append_again(name):
    return lambda files: files[name].append(files[name][0])


def test_a_selection_is_read_in_the_order_of_its_stages(files):
    selection = read_selection(files)

    assert list(selection.lists) == ["eligibility", "reading", "finals", "honours"]
    assert selection.stage("finals")["keep"] == 4
    assert stage_file(selection.stage("finals")) == "stages/03-finals.json"
    assert selection.tree == files["log/tree.json"]
    assert selection.consistency == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda f: f.pop("reviews.json"), "reviews.json is missing"),
        (lambda f: f.update({"extra.json": 1}), "extra.json is not a file of a selection"),
        (lambda f: f["selection.json"].update(schema=2), "selection.json.schema is not 1"),
        (
            lambda f: f["selection.json"].update(call="x"),
            "selection.json and rules.json are about different calls",
        ),
        (
            lambda f: f["inputs.json"][0].update(commitment="x"),
            "inputs.json[0].commitment is not 64 hexadecimal digits",
        ),
        (
            lambda f: f["rules.json"].update(opens_at="soon"),
            "rules.json.opens_at is not a time with its distance from UTC",
        ),
        (
            lambda f: f["rules.json"]["criteria"][0].update(max=1),
            "rules.json: the scale of leadership has no length",
        ),
        (
            lambda f: f["rules.json"]["criteria"][0].update(weight=0),
            "rules.json.criteria[0].weight is not from 0.001 to 1,000",
        ),
        (set_stage(3, key="finals"), "rules.json: the stage finals stands there twice"),
        (set_stage(1, order=1), "rules.json: the stages do not stand in ascending order from 1 to 99"),
        (set_stage(3, order=100), "rules.json: the stages do not stand in ascending order from 1 to 99"),
        (
            set_stage(1, **{"from": "jury"}),
            "rules.json: the stage reading comes from 'jury', which is no earlier stage",
        ),
        (
            set_stage(0, keep=3),
            "rules.json: the stage eligibility checks eligibility: 'from' and 'keep' are null, 'levels' is empty",
        ),
        (
            set_stage(1, keep=None),
            "rules.json: the stage reading is calibrated: it has 'keep', 'method' and 'ties', and no 'levels'",
        ),
        (
            set_stage(3, **{"from": "eligibility"}),
            "rules.json: the stage honours deals out levels: it comes from a calibrated stage, has 'levels',"
            " and 'keep' is null",
        ),
        (
            set_stage(3, levels=[{"key": "presented", "count": 1}] * 2),
            "rules.json: the stage honours has a level twice",
        ),
        (append_again("inputs.json"), "inputs.json: PC-001 stands there twice"),
        (append_again("eligibility.json"), "eligibility.json: PC-001 stands there twice"),
        (append_again("reviews.json"), "reviews.json: reading, PC-001, R01 stands there twice"),
        (lambda f: f["reviews.json"][0].update(stage="jury"), "reviews.json: jury is not a declared stage"),
        (
            lambda f: f["stages/02-reading.json"].update(stage="finals"),
            "stages/02-reading.json: it is the list of finals",
        ),
        (
            lambda f: f.pop("stages/02-reading.json"),
            "stages/03-finals.json: there is no list of reading, which it comes from",
        ),
        (
            lambda f: f["log/entries.json"][0]["payload"].pop("digest"),
            "log/entries.json[0].payload.digest is missing",
        ),
    ],
)
def test_what_does_not_fit_is_named(change, message, files):
    change(files)

    with pytest.raises(ShapeError) as refusal:
        read_selection(files)

    assert refusal.value.departures == [message]
