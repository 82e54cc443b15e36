from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from secretariat.foundation.accounts.actor import NotAllowed
from secretariat.foundation.audit.models import Change
from secretariat.registry.places.actions import load_places, move_place, rename_place
from secretariat.registry.places.logic import place_rows
from secretariat.registry.places.models import Group, Grouped, Grouping, Place, Wording
from secretariat.simulation.profile import load_profile
from secretariat.simulation.profile.kinds import Text
from tests.factories.accounts import NOW, make_actor
from tests.factories.places import WIC, load_wic_places, make_group, make_place

pytestmark = pytest.mark.django_db
DESK = make_actor("desk.run")


def test_all_places_have_the_names_of_cldr_except_those_the_profile_names():
    places = load_wic_places()
    profile = load_profile(WIC).places

    assert len(places) == Place.objects.count() == 249
    assert {p.alpha2 for p in places.values() if p.names} == set(profile.names)
    assert {code: (places[code].name_en, places[code].name_zh) for code in profile.names} == {
        code: (own.name.en, own.name.zh) for code, own in profile.names.items()
    }
    assert (places["FR"].name_en, places["FR"].name_zh, places["FR"].region) == ("France", "法国", "Europe")
    assert (places["TW"].region, places["TW"].subregion_code) == ("Asia", "030")
    assert Wording.objects.values_list("one_en", "many_en", "one_zh", "many_zh").get() == (
        "country or region",
        "countries and regions",
        "国家或地区",
        "国家和地区",
    )


def test_every_column_is_that_of_the_table_except_where_the_profile_gives_a_region():
    places = load_wic_places()

    differing = {
        (row["alpha2"], column)
        for row in place_rows()
        for column, value in row.items()
        if str(int(stored) if isinstance(stored := getattr(places[row["alpha2"]], column), bool) else stored)
        != value
    }
    assert differing == {("TW", c) for c in ("region_code", "region", "subregion_code", "subregion")}


def test_every_place_but_antarctica_is_on_one_of_six_continents():
    load_wic_places()

    assert list(Group.objects.order_by("position").values_list("key", flat=True)) == [
        "africa",
        "asia",
        "europe",
        "north-america",
        "south-america",
        "oceania",
    ]
    outside = Place.objects.exclude(pk__in=Grouped.objects.values("place"))
    assert [place.alpha2 for place in outside] == ["AQ"]


def test_loading_again_changes_nothing():
    load_wic_places()
    before = Change.objects.count()

    load_wic_places()

    assert Change.objects.count() == before


def test_loading_a_changed_profile_changes_only_what_differs():
    load_wic_places()
    profile = load_profile(WIC).places
    without = {code: name for code, name in profile.names.items() if code != "BO"}
    continents = profile.groupings["continents"]
    africa, *others = continents.groups
    grouping = replace(continents, groups=(replace(africa, codes=africa.codes - {"EG"}), *others))
    before = Change.objects.count()

    load_places(
        profile=replace(
            profile,
            names=without,
            first=("CN",),
            one=Text("territory", "地区"),
            groupings={"continents": grouping},
        ),
        actor=DESK,
        now=NOW,
    )

    changes = Change.objects.order_by("pk").values_list("table", "operation")[before:]
    assert sorted(changes) == [
        ("places_grouped", "delete"),
        ("places_place", "update"),
        ("places_place", "update"),
        ("places_wording", "update"),
    ]
    assert Place.objects.get(position=0).alpha2 == "CN"
    assert Place.objects.get(alpha2="BO").names == {}


def test_a_profile_that_names_an_unknown_place_is_refused_whole():
    profile = replace(load_profile(WIC).places, first=("ZZ", "CN"))

    with pytest.raises(ValueError, match="names ZZ"):
        load_places(profile=profile, actor=DESK, now=NOW)
    assert not Place.objects.exists()


def test_a_renamed_place_keeps_its_name_until_the_override_is_taken_away():
    place = make_place("TR")

    named = rename_place(place=place, names={"en": "Turkey", "zh": "土耳其共和国"}, actor=DESK, now=NOW)
    assert (named.name_en, named.name_zh, named.sort_en) == ("Turkey", "土耳其共和国", "turkey")
    assert named.sort_zh == "tu3 er3 qi2 gong4 he2 guo2"

    again = rename_place(place=named, names={}, actor=DESK, now=NOW)
    assert (again.name_en, again.name_zh, again.names) == ("Türkiye", "土耳其", {})


@pytest.mark.parametrize("names", [{"en": "Turkey"}, {"en": "Turkey", "zh": " "}, {"fr": "Turquie"}])
def test_a_name_is_needed_in_both_languages(names):
    with pytest.raises(ValueError, match="English and in Chinese"):
        rename_place(place=make_place("TR"), names=names, actor=DESK, now=NOW)


def test_a_moved_place_leaves_its_other_group():
    place = make_place("TR")
    make_group("asia", place)
    europe = make_group("europe", make_place("FR"))

    move_place(place=place, group=europe, actor=DESK, now=NOW)

    assert set(Grouped.objects.values_list("group__key", "place__alpha2")) == {
        ("europe", "TR"),
        ("europe", "FR"),
    }


def test_the_database_keeps_a_place_in_one_group_of_a_grouping():
    place = make_place("TR")
    make_group("asia", place)
    europe = make_group("europe")

    with pytest.raises(IntegrityError, match="place_in_one_group"), transaction.atomic():
        Grouped.objects.create(grouping=Grouping.objects.get(), group=europe, place=place)


@pytest.mark.parametrize(
    ("actor", "allowed"),
    [
        (make_actor("desk.run"), True),
        (make_actor("system.run"), True),
        (make_actor(door="command"), True),
        (make_actor("desk.read"), False),
        (make_actor(), False),
        (make_actor("desk.run", tasks=frozenset({"desk.read"})), False),
    ],
)
def test_who_keeps_places(actor, allowed):
    place, group = make_place("TR"), make_group("asia")
    attempts = (
        lambda: load_places(profile=load_profile(WIC).places, actor=actor, now=NOW),
        lambda: rename_place(place=place, names={}, actor=actor, now=NOW),
        lambda: move_place(place=place, group=group, actor=actor, now=NOW),
    )
    for attempt in attempts:
        if allowed:
            attempt()
        else:
            with pytest.raises(NotAllowed):
                attempt()
