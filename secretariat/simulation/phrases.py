"""What the invented edition is made of: phrases by topic and counts, read from a profile's `simulation/` folder."""

from __future__ import annotations

import string
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from secretariat.simulation.profile.kinds import Profile, Text
from secretariat.simulation.profile.organisation import ORGANISATION_KINDS
from secretariat.simulation.profile.reading import Table, read_toml

# The marks a phrase may hold; the same ones must stand in both languages.
FRAME_MARKS = frozenset({"subject", "Subject", "setting", "problem"})
TRIAL_MARKS = frozenset({"count", "places", "number", "months"})
RESULT_MARKS = frozenset({"p", "f", "k", "d", "m"})
NO_MARKS: frozenset[str] = frozenset()

Phrases = tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a submission is about, and the phrases of its topic that suit it."""

    name: Text
    settings: Phrases
    problems: Phrases
    methods: Phrases
    results: Phrases


TopicPhrases = tuple[Subject, ...]


@dataclass(frozen=True, slots=True)
class CategoryPlan:
    count: int
    kinds: dict[str, int]  # weights; empty for individuals


@dataclass(frozen=True, slots=True)
class MemberPlan:
    categories: dict[str, CategoryPlan]
    countries: dict[str, int]  # members in each
    joined_from: date
    joined_until: date


@dataclass(frozen=True, slots=True)
class Simulation:
    """`frames` holds the patterns that belong to no topic, by name and then by series (or `all`)."""

    topics: dict[str, TopicPhrases]
    frames: dict[str, dict[str, Phrases]]
    prefixes: dict[str, Text]
    mark: Text
    members: MemberPlan
    applicants: dict[str, dict[str, int]]  # series -> country -> weight
    distinct_countries_of_use: int
    uninhabited: frozenset[str]


def load_simulation(folder: Path | str, profile: Profile) -> Simulation:
    """Read `simulation/` of the profile in `folder`; ProfileError with file, key and reason if anything is wrong."""
    folder = Path(folder).resolve()
    topics = {
        topic.key: _read_topic(folder, topic.key)
        for call in profile.calls.values()
        for topic in profile.topics_in(call.scheme)
    }
    general = read_toml(folder, "simulation/general.toml")
    series = tuple(dict.fromkeys(call.series for call in profile.calls.values()))
    frames = _read_frames(general, series)
    prefixes = {key: _pair(general.table("prefixes"), key) for key in series}
    comments = general.table("comments")
    frames["comments"] = {band: _pairs(comments, band, NO_MARKS) for band in ("high", "middle", "low")}
    plan = read_toml(folder, "simulation/members.toml")
    members = _read_members(plan, profile)
    use = plan.table("use")
    return Simulation(
        topics=topics,
        frames=frames,
        prefixes=prefixes,
        mark=_pair(comments, "mark"),
        members=members,
        applicants={key: _counts(plan.table("applicants"), key, profile) for key in series},
        distinct_countries_of_use=use.get("distinct", int),
        uninhabited=frozenset(use.strings("uninhabited", ())),
    )


def _read_topic(folder: Path, key: str) -> TopicPhrases:
    table = read_toml(folder, f"simulation/phrases/{key}.toml")
    marks = {"settings": NO_MARKS, "problems": NO_MARKS, "methods": NO_MARKS, "results": RESULT_MARKS}
    lists = {name: _pairs(table, name, allowed) for name, allowed in marks.items()}
    subjects = [
        _read_subject(table, f"subjects[{number}]", row, lists)
        for number, row in enumerate(table.get("subjects", list))
    ]
    table.done()
    return tuple(subjects)


def _read_subject(table: Table, where: str, row: list[str], lists: dict[str, Phrases]) -> Subject:
    """`[English, Chinese, settings, problems, methods, results]`, the last four as digits; two of each at least."""
    if not (
        isinstance(row, list) and len(row) == 2 + len(lists) and all(isinstance(cell, str) for cell in row)
    ):
        raise table.fail(where, f"expected [English, Chinese, {', '.join(lists)}]")
    suiting = []
    for (name, phrases), digits in zip(lists.items(), row[2:], strict=True):
        known = {str(number): phrase for number, phrase in enumerate(phrases)}
        if len(set(digits)) != len(digits) or len(digits) < 2 or not set(digits) <= set(known):
            raise table.fail(where, f"{digits!r} does not name two or more of the {len(phrases)} {name}")
        suiting.append(tuple(known[digit] for digit in digits))
    return Subject(Text(row[0], row[1]), *suiting)


def _read_frames(general: Table, series: tuple[str, ...]) -> dict[str, dict[str, Phrases]]:
    marks = {"openings": FRAME_MARKS, "trials": TRIAL_MARKS, "closings": NO_MARKS, "details": NO_MARKS}
    frames: dict[str, dict[str, Phrases]] = {}
    for name, allowed in marks.items():
        inner = general.table(name)
        frames[name] = {key: _pairs(inner, key, allowed) for key in series}
    for name in ("partnerships", "roles"):
        frames[name] = {"all": _pairs(general.table(name), "all", NO_MARKS)}
    return frames


def _pairs(table: Table, key: str, allowed: frozenset[str]) -> Phrases:
    """Phrases in both languages, with the same marks in each (`{Subject}` counts as `{subject}`)."""
    phrases = []
    for number, row in enumerate(table.get(key, list)):
        where = f"{key}[{number}]"
        if not (
            isinstance(row, list) and len(row) == 2 and all(isinstance(side, str) and side for side in row)
        ):
            raise table.fail(where, "expected [English, Chinese]")
        marks = [_marks(side) for side in row]
        if not marks[0] | marks[1] <= allowed:
            raise table.fail(where, f"unknown mark {min((marks[0] | marks[1]) - allowed)!r}")
        if {mark.lower() for mark in marks[0]} != {mark.lower() for mark in marks[1]}:
            raise table.fail(where, "the two languages do not hold the same marks")
        phrases.append(Text(*row))
    if not phrases:
        raise table.fail(key, "no phrase")
    if len({phrase.en for phrase in phrases}) != len(phrases):
        raise table.fail(key, "the same phrase stands there twice")
    return tuple(phrases)


def _marks(pattern: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(pattern) if name is not None}


def _pair(table: Table, key: str) -> Text:
    row = table.strings(key)
    if len(row) != 2:
        raise table.fail(key, "expected [English, Chinese]")
    return Text(*row)


def _read_members(table: Table, profile: Profile) -> MemberPlan:
    outer, categories = table.table("categories"), {}
    for category in profile.categories:
        entry = outer.table(category.key)
        kinds = entry.table("kinds")
        weights = {kind: kinds.get(kind, int) for kind in ORGANISATION_KINDS if kinds.has(kind)}
        kinds.done()
        if bool(weights) != (category.holder == "organisation"):
            raise entry.fail("kinds", f"holders are each one {category.holder}")
        categories[category.key] = CategoryPlan(entry.get("count", int), weights)
    countries = _counts(table, "countries", profile)
    total = table.get("total", int)
    for name, found in (
        ("categories", sum(plan.count for plan in categories.values())),
        ("countries", sum(countries.values())),
    ):
        if found != total:
            raise table.fail(name, f"the counts add up to {found}, total says {total}")
    return MemberPlan(categories, countries, table.get("joined_from", date), table.get("joined_until", date))


def _counts(table: Table, key: str, profile: Profile) -> dict[str, int]:
    inner = table.table(key)
    counts = {code: inner.get(code, int) for code in inner.data}
    for code, count in counts.items():
        if code not in profile.places.codes or count < 1:
            raise inner.fail(code, "expected a place's code and a positive number")
    return counts
