from datetime import date
from uuid import UUID

import pytest

from secretariat.registry.entitlements import queries
from secretariat.registry.entitlements.queries import Entitlement, entitlements_of, holders_of

ON = date(2022, 6, 1)
ANNA, BO, CHEN = (UUID(int=n) for n in (1, 2, 3))


def entitled(person, right="summit.attend", kind="bodies.term", source=5, reason="because"):
    return Entitlement(right, person, kind, UUID(int=source), reason)


@pytest.fixture
def asked(monkeypatch):
    calls = []
    monkeypatch.setattr(queries, "_PROVIDERS", {})

    def provide(name, *known):
        def provider(people, right, on):
            calls.append((name, None if people is None else set(people), right, on))
            return [
                e for e in known if (people is None or e.person_id in people) and right in (None, e.right)
            ]

        queries.register_provider(name, provider)

    provide.calls = calls
    provide("seats", entitled(BO), entitled(ANNA, "papers.read"))
    provide("members", entitled(ANNA, kind="membership.member"), entitled(BO, reason="weil"))
    return provide


def test_holders_of_a_right_are_asked_for_once(asked):
    assert holders_of("summit.attend", ON) == [entitled(ANNA, kind="membership.member"), entitled(BO)]
    assert asked.calls == [("seats", None, "summit.attend", ON), ("members", None, "summit.attend", ON)]


def test_what_people_may_have_is_asked_for_once(asked):
    assert entitlements_of([CHEN, ANNA], ON) == {
        ANNA: (entitled(ANNA, "papers.read"), entitled(ANNA, kind="membership.member")),
        CHEN: (),
    }
    assert asked.calls == [("seats", {ANNA, CHEN}, None, ON), ("members", {ANNA, CHEN}, None, ON)]


def test_nothing_is_asked_about_nobody(asked):
    assert entitlements_of([], ON) == {}
    assert asked.calls == []


def test_a_name_is_registered_once(asked):
    with pytest.raises(ValueError, match="'seats' is registered twice"):
        asked("seats")
    assert list(queries.providers()) == ["seats", "members"]
