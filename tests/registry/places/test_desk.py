"""Countries and regions at the desk: named, ordered and grouped."""

import pytest

from secretariat.foundation.audit.models import Act
from secretariat.registry.places.models import Grouped
from tests.factories.places import make_group, make_place
from tests.factories.staff import sign_in_with

pytestmark = pytest.mark.django_db
LIST = "/desk/places/"


@pytest.mark.parametrize("codes", [["KE"], ["KE", "SE", "CN"]])
def test_the_list_costs_the_same_for_any_number(client, codes, django_assert_num_queries):
    sign_in_with(client, "desk.read")
    make_group("africa", *(make_place(code) for code in codes))
    client.get(LIST)
    with django_assert_num_queries(12):
        page = client.get(LIST).content.decode()
    assert page.count("Africa") == len(codes) + 1
    assert f'href="{LIST}KE/"' in page


def test_filters_narrow(client):
    sign_in_with(client, "desk.read")
    make_group("africa", make_place("KE"))
    make_group("europe", make_place("SE"))

    page = client.get(f"{LIST}?group=africa").content.decode()

    assert "Kenya" in page and "Sweden" not in page


def test_a_place_is_named_ordered_and_moved_at_once(client):
    sign_in_with(client, "desk.run")
    place = make_place("KE")
    make_group("africa", place)
    other = make_group("elsewhere", position=1)
    path = f"{LIST}KE/change/"
    opened = {
        "position": "",
        "group_continents": client.get(path).context["form"]["group_continents"].value(),
    }

    client.post(path, opened)
    assert not Act.objects.filter(subject_id=place.pk).exists()
    names = {"own_en": "Republic of Kenya", "own_zh": "肯尼亚共和国", "further": "fr: Kenya"}
    client.post(path, opened | names | {"position": "0", "group_continents": other.pk})

    place.refresh_from_db()
    assert (place.name_en, place.names["fr"], place.position) == ("Republic of Kenya", "Kenya", 0)
    assert Grouped.objects.get(place=place).group == other
    verbs = set(Act.objects.filter(subject_id=place.pk).values_list("verb", flat=True))
    assert verbs == {"place_renamed", "place_ordered", "place_moved"}


def test_a_name_is_in_both_languages_or_in_none(client):
    sign_in_with(client, "desk.run")
    make_place("KE")

    answer = client.post(f"{LIST}KE/change/", {"own_en": "Kenya!"})

    assert answer.status_code == 422 and list(answer.context["form"].errors) == ["own_zh"]


def test_who_comes_in(client):
    make_place("KE")
    paths = [LIST, f"{LIST}KE/", f"{LIST}KE/change/"]
    for rights, statuses in (([], [404] * 3), (["desk.read"], [200, 200, 404]), (["desk.run"], [200] * 3)):
        sign_in_with(client, *rights)
        assert [client.get(path).status_code for path in paths] == statuses
    assert client.get(f"{LIST}XX/").status_code == 404
