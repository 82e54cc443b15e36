"""Invented submissions: enough, varied, complete, plainly simulated, the same for the same seed."""

import re
from collections import Counter
from random import Random

import pytest

from secretariat.simulation.content import make_submissions

CALLS = {"achievements-2022": 257, "cases-2022": 213}


@pytest.fixture(scope="module")
def made(profile, simulation, cast):
    def make(key, seed=7):
        call = profile.calls[key]
        organisations, people = cast[call.series]
        return make_submissions(call, CALLS[key], organisations, people, profile, simulation, Random(seed))

    return make


@pytest.fixture(scope="module")
def submissions(made):
    return {key: made(key) for key in CALLS}


def eligible_rule_keys(call, submission):
    """The keys of the rules a submission breaks, read from the rules' own words."""
    broken = set()
    for rule in call.eligibility:
        params = rule.params
        if rule.kind == "languages_filled":
            good = all(
                submission.values[name][lang] for name in params["fields"] for lang in params["languages"]
            )
        elif rule.kind == "date_before":
            good = submission.values[params["field"]] < params["before"]
        else:
            good = params["minimum"] <= len(submission.values[params["field"]]) <= params["maximum"]
        broken |= set() if good else {rule.key}
    return broken


def test_the_same_seed_makes_the_same_and_another_seed_makes_others(made, submissions):
    assert made("cases-2022") == submissions["cases-2022"]
    assert [row.title for row in made("cases-2022", seed=8)] != [
        row.title for row in submissions["cases-2022"]
    ]


@pytest.mark.parametrize("key", CALLS)
def test_titles_say_that_they_are_simulated_and_none_comes_twice(submissions, key):
    rows = submissions[key]
    english = {"achievements-2022": "Simulated achievement", "cases-2022": "Simulated case"}[key]
    chinese = {"achievements-2022": "模拟成果", "cases-2022": "模拟案例"}[key]

    assert [row.number for row in rows] == list(range(1, CALLS[key] + 1))
    assert all(row.title.en.startswith(f"{english} {row.number:03}: ") for row in rows)
    assert all(row.title.zh.startswith(f"{chinese}{row.number:03}：") for row in rows)
    for title in (
        {row.title.en.partition(": ")[2] for row in rows},
        {row.title.zh.partition("：")[2] for row in rows},
    ):
        assert len(title) == CALLS[key]


@pytest.mark.parametrize("key", CALLS)
def test_summaries_are_as_long_as_a_catalogue_wants_and_all_differ(submissions, key):
    rows = submissions[key]
    lengths = [len(row.summary.en.split()) for row in rows]

    assert min(lengths) >= 60 and max(lengths) <= 110
    assert len({row.summary.en for row in rows}) == CALLS[key]
    chinese = [row.summary.zh for row in rows if row.summary.zh]
    assert len(set(chinese)) == len(chinese)
    assert all(60 <= len(text) <= 300 for text in chinese)
    assert not [text for text in chinese if re.search(r"[{}]|[a-z]{12}", text)]


@pytest.mark.parametrize("key", CALLS)
def test_no_two_sentences_make_up_most_of_the_book(submissions, key):
    openings = Counter(row.summary.en.split(". ")[0] for row in submissions[key])
    sentences = Counter(part for row in submissions[key] for part in re.split(r"(?<=\.) ", row.summary.en))

    assert openings.most_common(1)[0][1] == 1
    assert sentences.most_common(1)[0][1] <= CALLS[key] * 0.17


@pytest.mark.parametrize("key", CALLS)
def test_both_languages_tell_the_same_numbers(submissions, key):
    """Chinese may write as digits what English writes as a word; no digits of the English may be missing."""
    pattern = re.compile(r"\d[\d,.]*\d|\d")
    missing = {
        row.number: Counter(pattern.findall(row.summary.en)) - Counter(pattern.findall(row.summary.zh))
        for row in submissions[key]
        if row.summary.zh
    }

    assert {number: found for number, found in missing.items() if found} == {}


@pytest.mark.parametrize("key", CALLS)
def test_each_submission_breaks_the_rule_it_is_meant_to_and_no_other(profile, submissions, key):
    call = profile.calls[key]
    broken = {row.number: eligible_rule_keys(call, row) for row in submissions[key]}

    assert broken == {row.number: {row.flaw} - {""} for row in submissions[key]}
    assert sum(map(bool, broken.values())) == call.simulation.ineligible


@pytest.mark.parametrize("key", CALLS)
def test_values_answer_the_form(profile, submissions, key):
    call = profile.calls[key]
    fields = {field.key: field for field in call.form if field.kind != "file"}
    topics = {topic.key for topic in profile.topics_in(call.scheme)}

    for row in submissions[key]:
        assert set(row.values) == set(fields)
        for name, field in fields.items():
            value = row.values[name]
            assert value or not field.required or field.kind == "number", (row.number, name)
            if field.limits and value:
                assert all(len(value[language]) <= limit for language, limit in field.limits.items())
            if field.kind in ("country", "contributors"):
                assert len(value) <= field.maximum
        assert row.values["topic"] in topics
        assert row.values["website"].endswith(".example.org/")
        assert set(row.countries) <= profile.places.codes
    assert {row.topic for row in submissions[key]} == topics


@pytest.mark.parametrize("key", CALLS)
def test_receipts_come_in_order_while_the_call_is_open(profile, submissions, key):
    moments = [row.submitted_at for row in submissions[key]]

    assert moments == sorted(moments)
    assert profile.calls[key].opens_at <= moments[0] and moments[-1] < profile.calls[key].closes_at


def test_contributors_are_from_one_to_twenty_and_the_first_belongs_to_the_lead(submissions):
    sizes = Counter(len(row.contributors) for rows in submissions.values() for row in rows)

    assert min(sizes) == 1 and max(sizes) == 20
    assert sizes[20] >= 5
    for rows in submissions.values():
        for row in rows:
            assert row.contributors[0].person.organisation == row.applicants[0]
            assert len({part.person.number for part in row.contributors}) == len(row.contributors)
            assert list(row.contributors) == row.values["contributors"]


def test_cases_reach_more_than_150_countries_and_achievements_come_from_those_named(submissions):
    used = {code for row in submissions["cases-2022"] for code in row.countries_of_use}
    applied = {code for row in submissions["achievements-2022"] for code in row.countries}

    assert 150 < len(used) <= 200
    assert {"CN", "US", "RU", "GB", "SE"} <= applied
    assert all(len(row.countries_of_use) >= 2 for row in submissions["cases-2022"])
    assert {row.countries_of_use for row in submissions["achievements-2022"]} == {()}


def test_partnerships_are_explained_where_there_are_several_applicants(submissions):
    rows = submissions["achievements-2022"]

    assert {bool(row.values["partnership"]) == (len(row.applicants) > 1) for row in rows} == {True}
    assert 0.1 < sum(len(row.applicants) > 1 for row in rows) / len(rows) < 0.4


def test_no_published_name_stands_in_the_invented_texts(profile, submissions):
    """Names of real initiators, members and honoured organisations never meet an invented submission."""
    real = {row.short for row in profile.organisation.initiators}
    real |= {
        item.en for listed in profile.archive.lists.values() for item in listed.items if len(item.en) < 30
    }
    real |= {
        holder for edition in profile.archive.editions for row in edition.results for holder in row.holders
    }
    text = "\n".join(f"{row.title.en} {row.summary.en}" for rows in submissions.values() for row in rows)

    assert len(real) > 30
    assert [name for name in sorted(real) if re.search(rf"\b{re.escape(name)}\b", text)] == []
