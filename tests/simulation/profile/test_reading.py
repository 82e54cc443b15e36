"""A profile that is wrong ends with one line naming file, key and reason."""

import shutil
from collections import defaultdict
from pathlib import Path

import pytest

from secretariat.simulation.profile import ProfileError, load_profile
from secretariat.simulation.profile.calls import read_call
from secretariat.simulation.profile.facts import read_sources
from secretariat.simulation.profile.kinds import Text
from secretariat.simulation.specs import call_spec
from secretariat.summit.calls.undertaking import USUAL

PROFILE = Path(__file__).resolve().parents[3] / "profiles" / "wic"
CALL = "calls/cases-2022.toml"


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(PROFILE, tmp_path / "wic"))


def change(folder, name, old, new):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_copy_of_the_profile_loads_alike(folder):
    assert load_profile(folder) == load_profile(PROFILE)


@pytest.mark.parametrize(
    ("name", "old", "new", "line"),
    [
        (CALL, "keep = 60", 'keep = "60"', f"wic/{CALL}: stages[1].keep: expected a whole number, got '60'"),
        (CALL, "keep = 60", "keep = 600", f"wic/{CALL}: stages[1].keep: 600 of 213 cannot be kept"),
        (CALL, "keep = 60", "keep = true", f"wic/{CALL}: stages[1].keep: expected a whole number, got True"),
        (
            CALL,
            "count = 12",
            "count = 11",
            f"wic/{CALL}: stages[2].levels: the counts do not add up to keep = 12",
        ),
        (CALL, "keep = 60", "keep = 60\nhold = 1", f"wic/{CALL}: stages[1].hold: unknown key"),
        (CALL, 'zh = "代表性"\n', "", f"wic/{CALL}: criteria[2].zh: missing"),
        (CALL, 'zh = "代表性"', 'zh = " "', f"wic/{CALL}: criteria[2].zh: empty"),
        (CALL, "weight = 25", "weight = 0", f"wic/{CALL}: criteria[0].weight: expected a positive number"),
        (
            CALL,
            "scale = [1, 10]",
            "scale = [10, 1]",
            f"wic/{CALL}: criteria[0].scale: expected [lowest, highest]",
        ),
        (CALL, '"Asia/Shanghai"', '"Asia/Wuzhen"', f"wic/{CALL}: timing.zone: 'Asia/Wuzhen' is no time zone"),
        (CALL, "2022-09-15T18", "2022-05-15T18", f"wic/{CALL}: timing.closes_at: not after opens_at"),
        (CALL, 'key = "cases-2022"', 'key = "cases"', f"wic/{CALL}: key: 'cases' is not the file's name"),
        (CALL, 'source = ["seed"]', "source = []", f"wic/{CALL}: source: names no source"),
        (CALL, 'source = ["seed"]', 'source = ["x"]', f"wic/{CALL}: source: 'x' is not in sources.toml"),
        (CALL, 'field = "countries_of_use"', 'field = "places"', "'places' is no field of the form"),
        (
            CALL,
            'authority = "council"',
            'authority = "board"',
            "stages.honours.authority: 'board' is not in this",
        ),
        (CALL, 'key = "results"', 'key = "summary"', f"wic/{CALL}: form: 'summary' stands there twice"),
        ("places.toml", "VN = {", "XX = {", "wic/places.toml: names.XX: none of the 249 places"),
        (
            "places.toml",
            'm49 = ["009"]',
            'm49 = ["053"]',
            "groupings[0].groups: AS is in 0 groups instead of one",
        ),
        ("places.toml", 'm49 = ["009"]', 'm49 = ["900"]', "groups[5].m49: no place is in '900'"),
        ("topics.toml", 'broader = "culture-and-society"', 'broader = "culture"', "'culture' is no topic"),
        ("bodies.toml", '"supreme"', '"superb"', "wic/bodies.toml: bodies[0].flags: 'superb' is none of"),
        (
            "organisation.toml",
            "2022-07-12",
            "[]",
            "facts.established.value: expected a number, a text or a date",
        ),
        ("archive.toml", "guests = { value", "gests = { value", "summit has no figure 'gests'"),
        (
            "archive.toml",
            "year = 2015",
            "year = 2014",
            "wic/archive.toml: editions: summit 2014 stands there twice",
        ),
        ("archive.toml", 'month = "2023-01"', 'month = "2023-13"', "'2023-13' is no month (YYYY-MM)"),
        ("archive.toml", "[[series]]", "[[series]", "wic/archive.toml: not readable as TOML"),
    ],
)
def test_a_wrong_value_is_named(folder, name, old, new, line):
    change(folder, name, old, new)

    with pytest.raises(ProfileError) as error:
        load_profile(folder)

    assert line in str(error.value)
    assert "\n" not in str(error.value)


def test_an_unknown_fact_has_no_value(folder):
    change(folder, "bodies.toml", 'size = { kind = "unknown",', 'size = { kind = "unknown", value = 3,')

    with pytest.raises(ProfileError, match=r"bodies\[0\]\.facts\.size\.value: what is unknown has no value"):
        load_profile(folder)


def test_a_call_may_say_what_its_committee_undertakes(folder):
    usual = read_call(folder / "calls", "cases-2022.toml", read_sources(folder))
    change(folder, CALL, "[word]", '[undertaking]\nen = "I keep silent."\nzh = "本人保密。"\n\n[word]')
    own = read_call(folder / "calls", "cases-2022.toml", read_sources(folder))
    bodies = defaultdict(lambda: None)

    assert (usual.undertaking, own.undertaking) == (None, Text("I keep silent.", "本人保密。"))
    assert [call_spec(call, bodies).undertaking for call in (usual, own)] == [
        USUAL, {"en": "I keep silent.", "zh": "本人保密。"},
    ]  # fmt: skip


def test_a_missing_file_and_folder_are_named(folder):
    (folder / "topics.toml").unlink()

    with pytest.raises(ProfileError, match=r"^wic/topics\.toml: no such file$"):
        load_profile(folder)
    with pytest.raises(ProfileError, match="no such folder"):
        load_profile(folder / "nowhere")
