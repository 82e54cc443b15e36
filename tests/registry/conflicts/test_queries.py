from datetime import date
from uuid import UUID

import pytest

from secretariat.registry.conflicts import queries
from secretariat.registry.conflicts.queries import Finding, PartySet, Policy, conflict_matrix

ON = date(2022, 6, 1)
ANNA, BO = UUID(int=1), UUID(int=2)
FIRST, SECOND = (PartySet(UUID(int=n), organisations=frozenset({UUID(int=70)})) for n in (11, 12))


def finding(person, things, kind="affiliation", source=5, explanation="because"):
    return Finding(person, things.key, kind, "bars", "people.affiliation", UUID(int=source), explanation)


@pytest.fixture
def asked(monkeypatch):
    calls = []
    monkeypatch.setattr(queries, "_PROVIDERS", {})

    def provide(name, *findings):
        def provider(people, party_sets, on, policy):
            calls.append((name, list(people), [p.key for p in party_sets], on, policy))
            return findings

        queries.register_provider(name, provider)

    provide.calls = calls
    return provide


def test_every_provider_is_asked_once_for_all_and_the_order_is_canonical(asked):
    asked("seats", finding(BO, SECOND, "shared_seat"), finding(ANNA, SECOND, source=6))
    asked("people", finding(BO, FIRST), finding(ANNA, SECOND, source=4))

    found = conflict_matrix([BO, ANNA, BO], [SECOND, FIRST], ON)

    assert found == [
        finding(ANNA, SECOND, source=4),
        finding(ANNA, SECOND, source=6),
        finding(BO, FIRST),
        finding(BO, SECOND, "shared_seat"),
    ]
    question = ([ANNA, BO], [FIRST.key, SECOND.key], ON, Policy())
    assert asked.calls == [("seats", *question), ("people", *question)]


def test_a_finding_told_twice_counts_once_whatever_its_words(asked):
    asked("people", finding(ANNA, FIRST), finding(ANNA, FIRST, explanation="weil"))

    assert conflict_matrix([ANNA], [FIRST], ON) == [finding(ANNA, FIRST)]


def test_a_policy_chooses_kinds(asked):
    asked("people", finding(ANNA, FIRST), finding(ANNA, FIRST, "shared_seat"))

    policy = Policy(kinds=frozenset({"shared_seat"}))
    assert conflict_matrix([ANNA], [FIRST], ON, policy) == [finding(ANNA, FIRST, "shared_seat")]


@pytest.mark.parametrize(("people", "things"), [([], [FIRST]), ([ANNA], [])])
def test_nothing_is_asked_about_nobody_or_nothing(asked, people, things):
    asked("people", finding(ANNA, FIRST))

    assert conflict_matrix(people, things, ON) == []
    assert asked.calls == []


def test_a_name_is_registered_once(asked):
    asked("people")
    with pytest.raises(ValueError, match="'people' is registered twice"):
        asked("people")
    assert list(queries.providers()) == ["people"]


@pytest.mark.parametrize(
    ("on", "years", "first"),
    [
        (date(2022, 6, 1), 3, date(2019, 6, 1)),
        (date(2024, 2, 29), 3, date(2021, 2, 28)),
        (date(2024, 2, 29), 4, date(2020, 2, 29)),
        (date(2022, 6, 1), 0, date(2022, 6, 1)),
    ],
)
def test_a_policy_looks_back_whole_years(on, years, first):
    assert Policy(years_back=years).since(on) == first
