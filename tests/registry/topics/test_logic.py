import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.registry.topics.logic import circle


@pytest.mark.parametrize(
    ("broader", "found"),
    [
        ({}, ()),
        ({"a": "b", "b": "c", "d": "b"}, ()),
        ({"a": "a"}, ("a",)),
        ({"a": "b", "b": "a"}, ("a", "b")),
        ({"a": "b", "b": "c", "c": "d", "d": "c"}, ("c", "d")),
        ({"x": "y", "a": "b", "b": "c", "c": "a"}, ("a", "b", "c")),
    ],
)
def test_a_circle_is_found(broader, found):
    assert circle(broader) == found


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")))
def test_a_circle_is_found_exactly_where_one_can_walk_for_ever(broader):
    def for_ever(key):
        for _ in range(len(broader) + 1):
            key = broader.get(key)
        return key is not None

    found = circle(broader)
    assert bool(found) == any(for_ever(key) for key in broader)
    assert [broader[key] for key in found] == [*found[1:], *found[:1]]
