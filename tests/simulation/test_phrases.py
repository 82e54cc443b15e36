"""The phrase tables are complete, and what is wrong in them is named."""

import shutil
from pathlib import Path

import pytest

from secretariat.simulation.phrases import load_simulation
from secretariat.simulation.profile import ProfileError, load_profile

PROFILE = Path(__file__).resolve().parents[2] / "profiles" / "wic"


def test_every_topic_of_every_call_has_more_pairs_than_its_share(profile, simulation):
    for call in profile.calls.values():
        topics = profile.topics_in(call.scheme)
        share = call.simulation.submissions / len(topics) * 6 / 5
        for topic in topics:
            pairs = sum(len(subject.settings) for subject in simulation.topics[topic.key])
            assert pairs >= share, topic.key


def test_no_phrase_stands_in_two_topics(simulation):
    names = [subject.name.en for subjects in simulation.topics.values() for subject in subjects]

    assert len(set(names)) == len(names) == 14 * 11


@pytest.mark.parametrize(
    ("name", "old", "new", "line"),
    [
        (
            "phrases/ipv6.toml",
            '"14758", "42"',
            '"14758", "4"',
            "'4' does not name two or more of the 6 problems",
        ),
        (
            "phrases/ipv6.toml",
            '"14758", "42"',
            '"14759", "42"',
            "subjects[0]: '14759' does not name two or more",
        ),
        (
            "phrases/ipv6.toml",
            "{p}%，报障量",
            "，报障量",
            "results[0]: the two languages do not hold the same marks",
        ),
        ("phrases/ipv6.toml", "problems = [", "problems = [[],", "problems[0]: expected [English, Chinese]"),
        (
            "phrases/ipv6.toml",
            "problems = [",
            'extra = ["x"]\nproblems = [',
            "phrases/ipv6.toml: extra: unknown key",
        ),
        ("general.toml", "{count} {places}, and each", "{sum} {places}, and each", "unknown mark 'sum'"),
        (
            "members.toml",
            "total = 140",
            "total = 141",
            "categories: the counts add up to 140, total says 141",
        ),
        ("members.toml", "CN = 44", "XX = 44", "countries.XX: expected a place's code and a positive number"),
        (
            "members.toml",
            "count = 16, kinds = {}",
            "count = 16, kinds = { media = 1 }",
            "holders are each one person",
        ),
    ],
)
def test_a_wrong_phrase_is_named(tmp_path, name, old, new, line):
    folder = Path(shutil.copytree(PROFILE, tmp_path / "wic"))
    path = folder / "simulation" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(ProfileError) as error:
        load_simulation(folder, load_profile(folder))

    assert line in str(error.value)
