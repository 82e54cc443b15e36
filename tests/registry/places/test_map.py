import pytest

from secretariat.registry.places.logic import place_rows, tiles
from secretariat.registry.places.queries import map_of
from tests.factories.places import make_place


def test_every_place_has_a_square_of_its_own_on_the_map():
    where = tiles()

    assert set(where) == {row["alpha2"] for row in place_rows()}
    assert len(set(where.values())) == len(where)
    assert {min(side) for side in zip(*where.values(), strict=True)} == {0}


def test_neighbours_on_the_map_are_neighbours_in_the_world():
    where = tiles()
    west_to_east = ["US", "PT", "CH", "TR", "CN", "JP"]
    north_to_south = ["NO", "DZ", "NG", "ZA"]

    assert sorted(west_to_east, key=lambda code: where[code][0]) == west_to_east
    assert sorted(north_to_south, key=lambda code: where[code][1]) == north_to_south


@pytest.mark.django_db
def test_counts_stand_on_their_places(django_assert_num_queries):
    make_place("KE"), make_place("CN")

    with django_assert_num_queries(1):
        chart = map_of({"KE": 2, "XX": 5, None: 1}, lambda code: f"/members/?country={code}")

    assert {(tile.label, tile.count, tile.path) for tile in chart.tiles} == {
        ("Kenya", 2, "/members/?country=KE"), ("China", 0, "/members/?country=CN"),
    }  # fmt: skip
