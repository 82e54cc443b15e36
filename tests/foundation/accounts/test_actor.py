import uuid

import pytest

from secretariat.foundation.accounts.actor import (
    SYSTEM,
    Actor,
    Capacity,
    NotAllowed,
    WrongState,
    require,
    require_state,
)

HERE, ELSEWHERE = uuid.uuid4(), uuid.uuid4()


@pytest.mark.parametrize(
    ("capacity", "asked", "allowed"),
    [
        (Capacity("desk.run", "x"), ("desk.run", None), True),
        (Capacity("desk.run", "x"), ("desk.run", HERE), True),
        (Capacity("body.chair", "x", scope_id=HERE), ("body.chair", HERE), True),
        (Capacity("body.chair", "x", scope_id=HERE), ("body.chair", ELSEWHERE), False),
        (Capacity("body.chair", "x", scope_id=HERE), ("body.chair", None), False),
        (Capacity("body.sit", "x", scope_id=HERE), ("body.chair", HERE), False),
    ],
)
def test_a_capacity_gives_its_right_within_its_scope(capacity, asked, allowed):
    assert Actor(capacities=(capacity,)).has(*asked) is allowed


def test_an_assistant_has_only_what_the_tasks_name():
    capacities = (Capacity("desk.run", "x"), Capacity("desk.read", "x"))

    assistant = Actor(capacities=capacities, tasks=frozenset({"desk.read", "audit.read"}))

    assert {right for right in ("desk.run", "desk.read", "audit.read") if assistant.has(right)} == {
        "desk.read"
    }


def test_a_seat_is_held_in_one_body():
    actor = Actor(capacities=(Capacity("body.sit", "x", body_id=HERE),))

    assert (actor.holds_seat_in(HERE), actor.holds_seat_in(ELSEWHERE)) == (True, False)


def test_nobody_and_the_system_have_no_rights():
    assert not any(actor.has(right) for actor in (Actor(), SYSTEM) for right in ("desk.run", "system.run"))


def test_a_refusal_names_what_was_refused():
    require(True, "open a call")
    with pytest.raises(NotAllowed, match=r"^You may not do this: open a call\.$"):
        require(False, "open a call")


def test_a_wrong_state_names_the_state():
    require_state("draft", ["draft", "open"], "Opening")
    with pytest.raises(WrongState, match=r"^Opening is not possible in the state “closed”\.$"):
        require_state("closed", iter(["draft", "open"]), "Opening")
