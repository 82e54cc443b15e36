from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from secretariat.engines.timetable import order_by_exits
from secretariat.engines.timetable.exits import exits_of


def test_who_leaves_is_counted_from_a_full_room():
    assert exits_of([]) == 0
    assert exits_of([{"a"}, {"a"}, set(), {"a", "b"}, {"b"}]) == 3


def test_items_with_the_same_people_outside_stand_together_and_free_ones_first():
    found = order_by_exits({1: ["a"], 2: [], 3: ["b"], 4: ["a"], 5: []})
    assert found.items[:2] == (2, 5) and found.exits == found.at_least == 2
    assert found.items.index(4) == found.items.index(1) + 1


OUTSIDE = st.dictionaries(st.integers(0, 6), st.frozensets(st.sampled_from("abcd")), max_size=6)


@settings(max_examples=60)
@given(OUTSIDE)
def test_no_order_has_fewer_exits(outside):
    found = order_by_exits(outside)
    assert sorted(found.items) == sorted(outside)
    assert found.exits == exits_of([outside[item] for item in found.items])
    least = min(exits_of([outside[item] for item in order]) for order in permutations(outside))
    assert found.exits == least and found.at_least <= least


def test_a_large_agenda_is_near_what_nobody_can_better():
    outside = {n: {n * 7 % 13, n * 5 % 11 + 20} if n % 3 else {n % 5} for n in range(70)}
    found = order_by_exits(outside)
    assert found.at_least <= found.exits < exits_of(list(outside.values())) / 2
    assert order_by_exits(outside) == found
