from datetime import UTC, datetime
from uuid import UUID

import pytest

from secretariat.registry.engagements import queries
from secretariat.registry.engagements.queries import Engagement, Period, engagements_of

ANNA, BO, CHEN = (UUID(int=n) for n in (1, 2, 3))


def at(hour):
    return datetime(2022, 11, 9, hour, tzinfo=UTC)


DAY = Period(at(8), at(18))


def engaged(person, starts, kind="talk", title="Opening"):
    return Engagement(person, at(starts), at(starts + 1), kind, "programme.talk", UUID(int=starts), title)


@pytest.fixture
def asked(monkeypatch):
    calls = []
    monkeypatch.setattr(queries, "_PROVIDERS", {})

    def provide(name, *known):
        def provider(people, period):
            calls.append((name, set(people), period))
            return [e for e in known if e.person_id in people]

        queries.register_provider(name, provider)

    provide.calls = calls
    provide("programme", engaged(ANNA, 14), engaged(ANNA, 9), engaged(BO, 9))
    provide("meetings", engaged(ANNA, 10, "meeting"), engaged(ANNA, 9, title="开幕"))
    return provide


def test_every_provider_is_asked_once_and_time_orders_the_answer(asked):
    assert engagements_of([ANNA, CHEN], DAY) == {
        ANNA: (engaged(ANNA, 9), engaged(ANNA, 10, "meeting"), engaged(ANNA, 14)),
        CHEN: (),
    }
    assert asked.calls == [("programme", {ANNA, CHEN}, DAY), ("meetings", {ANNA, CHEN}, DAY)]


def test_nothing_is_asked_about_nobody(asked):
    assert engagements_of([], DAY) == {}
    assert asked.calls == []


def test_a_name_is_registered_once(asked):
    with pytest.raises(ValueError, match="'programme' is registered twice"):
        asked("programme")
    assert list(queries.providers()) == ["programme", "meetings"]


@pytest.mark.parametrize("end", [8, 7])
def test_a_period_ends_after_it_starts(end):
    with pytest.raises(ValueError, match="ends after it starts"):
        Period(at(8), at(end))
