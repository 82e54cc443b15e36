from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.calls import make_open_call
from tests.factories.membership import make_category, make_member
from tests.factories.organisations import make_organisation
from tests.factories.places import make_group, make_place
from tests.factories.selections import make_selection

pytestmark = pytest.mark.django_db


def front(client, **headers):
    return client.get(reverse("site:front"), **headers)


def test_the_front_page_of_an_empty_house_opens(client):
    response = front(client)

    assert response.status_code == 200
    assert "No call is open at the moment." in response.content.decode()


def test_the_front_page_says_whose_it_is_and_that_it_is_not_affiliated(client, host):
    text = front(client).content.decode()

    assert "Example Conference" in text
    assert "Not affiliated." in text


def test_simulated_pages_say_so_and_the_archive_does_not(client, host):
    make_selection("open")

    assert "Simulated: invented names." in front(client).content.decode()
    assert "Simulated: invented names." not in client.get(reverse("site:archive")).content.decode()


def test_a_house_without_simulation_says_nothing_of_it(client, host):
    assert "Simulated: invented names." not in front(client).content.decode()


def test_what_is_open_stands_there_with_its_closing_time_in_its_own_zone(client, host):
    opens = timezone.now() - timedelta(days=1)
    call = make_open_call(opens_at=opens, closes_at=opens + timedelta(days=11, hours=1))

    response = front(client)

    assert response.context["open_calls"] == [call]
    assert "China Standard Time" in response.content.decode()
    assert "10 days left" in response.content.decode()


def test_a_call_past_its_closing_time_is_not_offered(client, host):
    make_open_call()

    assert front(client).context["open_calls"] == []


def test_the_funnels_are_those_of_complete_selections(client, host):
    play = make_selection()
    make_selection("eligible")

    context = front(client).context

    assert [s.call for s in context["funnels"]] == [play.call]
    assert len(context["running"]) == 1


def test_members_are_counted_with_places_and_continents(client, host):
    sweden, kenya = make_place("SE"), make_place("KE")
    make_group("europe", sweden)
    make_group("africa", kenya)
    category = make_category()
    for place in (sweden, sweden, kenya):
        make_member(category=category, organisation=make_organisation(country=place))

    members = front(client).context["members"]

    assert (members.count, members.places, members.continents) == (3, 2, 2)


def test_nobody_is_offered_to_enter_outside_the_demo(client, host):
    make_selection("assigned")

    response = front(client)

    assert response.context["parts"] == []
    assert "/enter/" not in response.content.decode()


def test_the_demo_offers_one_person_of_each_role(client, host, settings):
    settings.MODE = "demo"
    make_selection("assigned")

    parts = front(client).context["parts"]

    assert [part.role for part in parts] == ["Committee chair", "Reviewer"]


def test_the_language_is_switched_and_remembered(client, host):
    switch = client.get(reverse("site:language", args=["zh-hans"]), {"next": "/archive/"})

    assert (switch.status_code, switch["Location"]) == (302, "/archive/")
    assert 'lang="zh-hans"' in front(client).content.decode()
    assert "示例大会" in front(client).content.decode()


@pytest.mark.parametrize(
    "target", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"]
)
def test_the_switch_leads_nowhere_else(client, target):
    assert client.get(reverse("site:language", args=["en"]), {"next": target})["Location"] == "/"


def test_an_unknown_language_is_not_there(client, caplog):
    assert client.get(reverse("site:language", args=["xx"])).status_code == 404
