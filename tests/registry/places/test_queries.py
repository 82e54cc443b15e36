import pytest

from secretariat.registry.places.queries import (
    Words,
    continents_of,
    groups_in,
    places_by_code,
    places_in_order,
    wording,
)
from tests.factories.places import load_wic_places, make_group, make_place

pytestmark = pytest.mark.django_db


def test_lists_are_in_the_readers_order():
    for code in ("CN", "CI", "AX", "FR"):
        make_place(code)
    make_place("DE", position=0)

    assert [p.name_en for p in places_in_order("en")] == [
        "Germany",
        "Åland Islands",
        "China",
        "Côte d’Ivoire",
        "France",
    ]
    assert [p.name_zh for p in places_in_order("zh-hans")] == ["德国", "奥兰群岛", "法国", "科特迪瓦", "中国"]


def test_the_organisations_name_holds_in_every_language():
    places = load_wic_places()

    shown = {language: places["TW"].name_in(language) for language in ("en", "zh-hans", "fr", "de")}
    assert shown == {
        "en": "Taiwan, China",
        "zh-hans": "中国台湾",
        "fr": "Taiwan, China",
        "de": "Taiwan, China",
    }
    assert {lang: places["DE"].name_in(lang) for lang in ("en-gb", "zh-hans", "fr", "xx")} == {
        "en-gb": "Germany",
        "zh-hans": "德国",
        "fr": "Allemagne",
        "xx": "Germany",
    }


@pytest.mark.parametrize("codes", [["FR"], ["FR", "DE", "KE"]])
def test_continents_cost_one_statement(codes, django_assert_num_queries):
    places = {code: make_place(code) for code in [*codes, "AQ"]}
    europe = make_group("europe", *(places[c] for c in codes if c != "KE"))
    africa = make_group("africa", *(places[c] for c in codes if c == "KE"), position=1)
    make_group("landlocked", places["FR"], grouping="other")

    with django_assert_num_queries(1):
        found = continents_of([place.pk for place in places.values()])
    assert found == {places[c].pk: africa if c == "KE" else europe for c in codes}
    with django_assert_num_queries(1):
        assert continents_of() == found


def test_groups_come_in_their_order():
    make_group("b", position=0)
    make_group("a", position=1)

    assert [group.key for group in groups_in("continents")] == ["b", "a"]


@pytest.mark.parametrize("codes", [["FR"], ["FR", "DE", "KE"]])
def test_places_by_code_cost_one_statement(codes, django_assert_num_queries):
    for code in codes:
        make_place(code)

    with django_assert_num_queries(1):
        assert set(places_by_code()) == set(codes)


def test_the_words_are_the_profiles():
    assert wording("en") == Words("country or region", "countries and regions")
    load_wic_places()
    assert wording("zh-hans") == Words("国家或地区", "国家和地区")
    assert [wording("en").counted(count) for count in (0, 1, 2)] == [
        "countries and regions",
        "country or region",
        "countries and regions",
    ]
