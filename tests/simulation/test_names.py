"""Invented organisations, people and members: plainly examples, in the numbers the plan gives."""

from collections import Counter
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from secretariat.simulation.names import make_members, make_organisations, make_people, spread
from secretariat.simulation.profile.organisation import ORGANISATION_KINDS


@settings(max_examples=60, deadline=None)
@given(
    weights=st.dictionaries(
        st.text("abcdefgh", min_size=1, max_size=3), st.integers(1, 90), min_size=1, max_size=30
    ),
    n=st.integers(0, 200),
    seed=st.integers(0, 9),
)
def test_spread_gives_exactly_n_near_the_weights(weights, n, seed):
    keys = spread(weights, n, Random(seed))
    counts = Counter(keys)
    total = sum(weights.values())

    assert len(keys) == n
    if n >= len(weights):
        assert set(counts) == set(weights)
    assert all(counts[key] <= n * weight / total + 1 for key, weight in weights.items())


def test_members_are_140_in_six_categories_and_30_countries_on_six_continents(profile, simulation):
    members = make_members(simulation.members, Random(3))
    continents = profile.places.groupings["continents"]

    assert len(members) == 140
    assert Counter(row.category for row in members) == {
        category.key: simulation.members.categories[category.key].count for category in profile.categories
    }
    assert Counter(row.country for row in members) == simulation.members.countries
    assert len({row.country for row in members}) == 30
    assert {continents.group_of(row.country) for row in members} == set(continents.groups)
    assert make_members(simulation.members, Random(3)) == members


def test_a_member_is_a_person_or_an_organisation_as_its_category_says(profile, simulation):
    holders = {category.key: category.holder for category in profile.categories}
    members = make_members(simulation.members, Random(3))

    for row in members:
        assert (row.person is None, row.organisation is None) == (
            (True, False) if holders[row.category] == "organisation" else (False, True)
        )
        assert simulation.members.joined_from <= row.joined_on <= simulation.members.joined_until
    assert {row.joined_on for row in members if row.category == "initiating"} == {
        simulation.members.joined_from
    }
    names = [row.organisation.name.en for row in members if row.organisation]
    assert len(set(names)) == len(names) == 124


def test_organisations_are_plainly_examples_of_every_kind(simulation):
    rows = make_organisations(150, Random(5), countries=simulation.applicants["achievements"], start=41)

    assert [row.number for row in rows] == list(range(41, 191))
    assert {row.kind for row in rows} == set(ORGANISATION_KINDS)
    assert all(
        row.name.en.startswith("Example ") and row.name.en.endswith(f" {row.number:03}") for row in rows
    )
    assert all(row.name.zh.startswith("示例") and row.name.zh.endswith(f"{row.number:03}") for row in rows)
    assert {row.country for row in rows} == set(simulation.applicants["achievements"])


def test_people_write_their_names_in_the_order_of_their_country(cast):
    _, people = cast["cases"]
    orders = {person.country: person.name_order for person in people}

    assert {code: orders[code] for code in ("CN", "HU", "JP", "US", "BR")} == {
        "CN": "family_first", "HU": "family_first", "JP": "family_first", "US": "given_first", "BR": "given_first",
    }  # fmt: skip
    first = next(person for person in people if person.country == "CN")
    assert first.name_en == f"Example Person {first.number:03}"
    assert first.name_zh == f"示例{first.number:03}"
    assert first.languages == ("zh", "en")
    assert first.email == f"person{first.number:03}@example.org"


def test_every_organisation_has_someone(cast):
    for organisations, people in cast.values():
        assert {person.organisation for person in people} == set(organisations)
        assert all(person.country == person.organisation.country for person in people)


def test_people_are_the_same_for_the_same_seed(cast):
    organisations, _ = cast["cases"]

    assert make_people(9, organisations, Random(1)) == make_people(9, organisations, Random(1))
