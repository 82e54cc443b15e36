from typing import Annotated, Literal, NotRequired, TypedDict

import pytest

from secretariat.engines.bundles.shape import Must, departures, is_moment


class Place(TypedDict):
    """A place, for the tests."""

    name: str
    floor: int
    height: float
    kind: Literal["hall", "room"]
    open: bool
    note: NotRequired[str | None]
    seats: NotRequired[list[Annotated[int, Must("0 or more", lambda number: number >= 0)]]]
    prices: NotRequired[dict[str, float]]
    owner: NotRequired[object]


def deep(levels):
    return [deep(levels - 1)] if levels else {}.get("nothing")


GOOD = {"name": "Hall A", "floor": 1, "height": 4, "kind": "hall", "open": True}


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"note": None},
        {"note": "x", "seats": [], "prices": {}, "owner": [1, {"any": "thing"}]},
        {"owner": deep(50)},
        {"seats": [0, 10], "prices": {"day": 3, "week": 9.5}, "height": 4.5},
    ],
)
def test_a_value_of_the_type_departs_nowhere(more):
    assert list(departures(GOOD | more, Place, "hall.json")) == []


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"name": 1}, "hall.json.name is not a text"),
        ({"floor": 1.0}, "hall.json.floor is not an integer"),
        ({"floor": True}, "hall.json.floor is not an integer"),
        ({"height": "4"}, "hall.json.height is not a number"),
        ({"height": False}, "hall.json.height is not a number"),
        ({"open": 1}, "hall.json.open is not true or false"),
        ({"kind": "tent"}, "hall.json.kind is not 'hall' or 'room'"),
        ({"note": 1}, "hall.json.note is not a text"),
        ({"seats": {}}, "hall.json.seats is not a list"),
        ({"seats": [3, -1]}, "hall.json.seats[1] is not 0 or more"),
        ({"seats": ["3"]}, "hall.json.seats[0] is not an integer"),
        ({"prices": {"day": "free"}}, "hall.json.prices.day is not a number"),
        ({"prices": []}, "hall.json.prices is not an object"),
        ({"owner": deep(51)}, "hall.json.owner is nested more than 50 deep"),
        ({"colour": "red"}, "hall.json.colour is not known"),
    ],
)
def test_a_departure_is_named_with_its_place(more, message):
    assert list(departures(GOOD | more, Place, "hall.json")) == [message]


def test_what_is_missing_is_named():
    assert list(departures({"name": "Hall A", "floor": 1}, Place, "hall.json")) == [
        "hall.json.height is missing",
        "hall.json.kind is missing",
        "hall.json.open is missing",
    ]


def test_true_is_not_the_number_one():
    assert list(departures(True, Literal[1], "schema")) == ["schema is not 1"]


def test_a_union_explains_the_kind_that_got_furthest():
    assert list(departures([GOOD | {"floor": "x"}], list[Place] | None, "halls")) == [
        "halls[0].floor is not an integer"
    ]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2042-05-01T08:00:00+08:00", True),
        ("2042-05-01T08:00:00Z", True),
        ("2042-05-01T08:00:00", False),
        ("2042-05-01", False),
        ("soon", False),
    ],
)
def test_a_moment_has_its_distance_from_utc(text, moment):
    assert is_moment(text) == moment
