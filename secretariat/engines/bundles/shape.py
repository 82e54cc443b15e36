"""Holds a value read from JSON against the type that describes it: what is missing, added or of another kind."""

import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import (
    Annotated,
    Any,
    Literal,
    NotRequired,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

_KINDS: dict[Any, tuple[str, tuple[type, ...]]] = {
    str: ("a text", (str,)),
    int: ("an integer", (int,)),
    float: ("a number", (int, float)),
    bool: ("true or false", (bool,)),
    type(None): ("null", (type(None),)),
}


MOST_DEPTH = 50
"""How deep a value of the type object may be nested: enough for any form, too little to exhaust a reader."""


@dataclass(frozen=True, slots=True)
class Must:
    """A condition on a value, for use in ``Annotated``: what it has to be, and the test."""

    be: str
    test: Callable[[Any], bool]


def is_moment(text: str) -> bool:
    """Whether this is an instant: a date and a time in ISO 8601 with its distance from UTC."""
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def departures(value: Any, expected: Any, place: str) -> Iterator[str]:
    """Each way in which ``value`` is not of the type ``expected``, as a sentence that begins with its place.

    Understands str, int, float, bool, None, object (anything not nested too deeply), Literal, unions, list[T],
    dict[str, T], Annotated with Must, and TypedDict with NotRequired, whose keys are all there may be.
    """
    origin, arguments = get_origin(expected), get_args(expected)
    if expected is object:
        if _depth_exceeds(value, MOST_DEPTH):
            yield f"{place} is nested more than {MOST_DEPTH} deep"
    elif origin is Annotated:
        found = list(departures(value, arguments[0], place))
        musts = [must for must in arguments[1:] if isinstance(must, Must)]
        yield from found or [f"{place} is not {must.be}" for must in musts if not must.test(value)]
    elif origin is NotRequired:
        yield from departures(value, arguments[0], place)
    elif origin is Literal:
        if not any(type(value) is type(choice) and value == choice for choice in arguments):
            yield f"{place} is not {' or '.join(map(repr, arguments))}"
    elif origin in (Union, types.UnionType):
        yield from _of_no_kind(value, arguments, place)
    elif origin is list:
        yield from _in_list(value, arguments[0], place)
    elif origin is dict:
        yield from _in_object(value, dict.fromkeys(value, arguments[1]) if type(value) is dict else {}, place)
    elif is_typeddict(expected):
        yield from _in_object(value, get_type_hints(expected, include_extras=True), place)
        if type(value) is dict:
            yield from (
                f"{place}.{key} is missing" for key in sorted(expected.__required_keys__ - value.keys())
            )
    else:
        name, accepted = _KINDS[expected]
        # bool is an int to Python, not to JSON.
        if not isinstance(value, accepted) or (isinstance(value, bool) and expected is not bool):
            yield f"{place} is not {name}"


def _depth_exceeds(value: Any, most: int) -> bool:
    level = [value]
    for _ in range(most):
        parts = [list(v.values()) if type(v) is dict else v for v in level if type(v) in (dict, list)]
        level = [part for inner in parts for part in inner]
    return any(type(v) in (dict, list) for v in level)


def _of_no_kind(value: Any, kinds: tuple[Any, ...], place: str) -> Iterator[str]:
    attempts = [list(departures(value, kind, place)) for kind in kinds]
    if all(attempts):
        # The kind that got furthest explains best what is wrong.
        yield from max(attempts, key=lambda found: max(len(sentence.split(" ")[0]) for sentence in found))


def _in_list(value: Any, item: Any, place: str) -> Iterator[str]:
    if type(value) is not list:
        yield f"{place} is not a list"
        return
    for position, part in enumerate(value):
        yield from departures(part, item, f"{place}[{position}]")


def _in_object(value: Any, kinds: dict[str, Any], place: str) -> Iterator[str]:
    if type(value) is not dict:
        yield f"{place} is not an object"
        return
    for key, part in value.items():
        if key in kinds:
            yield from departures(part, kinds[key], f"{place}.{key}")
        else:
            yield f"{place}.{key} is not known"
