"""Lists narrowed by the query string, languages by the address, pages kept for strangers."""

import pytest
from django.urls import reverse

from tests.factories.accounts import make_account
from tests.factories.membership import make_category, make_member
from tests.factories.organisations import make_organisation
from tests.factories.places import make_group, make_place
from tests.factories.selections import make_selection

pytestmark = pytest.mark.django_db


def found(client, **query):
    listing = client.get(reverse("site:members"), query).context["listing"]
    return [str(row.member) for row in listing.page.object_list]


def test_the_directory_is_narrowed_by_words_category_continent_and_country(client):
    sweden, kenya = make_place("SE"), make_place("KE")
    make_group("europe", sweden)
    make_group("africa", kenya)
    senior, plain = make_category("senior"), make_category("plain")
    make_member(senior, organisation=make_organisation("Åland Institute", country=sweden))
    make_member(plain, organisation=make_organisation("Borealis", country=sweden))
    make_member(plain, organisation=make_organisation("Coast Union", name_zh="海岸联盟", country=kenya))

    assert found(client) == ["Åland Institute", "Borealis", "Coast Union"]
    assert found(client, q="aland") == ["Åland Institute"]
    assert found(client, q="海岸") == ["Coast Union"]
    assert found(client, category="plain", country="SE") == ["Borealis"]
    assert found(client, continent="africa") == ["Coast Union"]
    assert found(client, continent="africa", country="SE") == []
    assert found(client, category="nonsense", page="99") == ["Åland Institute", "Borealis", "Coast Union"]


def test_honours_are_narrowed_by_what_they_differ_in(client):
    play = make_selection()
    year, topic = str(play.call.edition.year), play.submissions[0].topic.key

    def numbers(**query):
        listing = client.get(reverse("site:honours"), query).context["listing"]
        return [honour.submission.ref.number for honour in listing.page.object_list]

    both = [s.ref.number for s in play.submissions[:2]]
    assert numbers() == numbers(year=year, field=topic, country="SE") == both
    assert numbers(level="leading") == both[:1]
    assert numbers(level="nominated", year=year) == both[1:]


def test_an_address_can_fix_its_language_and_the_switch_leads_out_of_it(client, host):
    text = client.get("/members/", {"language": "zh-hans", "q": "x"}).content.decode()

    assert 'lang="zh-hans"' in text
    assert "/members/?language=zh-hans" in text  # its canonical address
    assert "next=%2Fmembers%2F%3Fq%3Dx" in text
    assert 'lang="en"' in client.get("/members/", {"language": "xx"}).content.decode()
    assert 'lang="en"' in client.get("/members/").content.decode()


def test_a_page_is_kept_for_strangers_by_address_and_language_and_never_for_who_is_signed_in(
    client, settings
):
    settings.PUBLIC_SECONDS = 60
    before = client.get("/members/").content
    make_member(organisation=make_organisation("Newcomer"))

    assert client.get("/members/").content == before
    assert b"Newcomer" in client.get("/members/", {"q": "new"}).content
    assert b"Newcomer" in client.get("/members/", headers={"Accept-Language": "zh-hans"}).content
    client.force_login(make_account())
    assert b"Newcomer" in client.get("/members/").content


def test_security_says_whom_to_tell(client, settings):
    settings.SECURITY_CONTACT = ""
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = "mailto:security@example.org"
    lines = client.get("/.well-known/security.txt").content.decode().splitlines()

    assert [line.partition(":")[0] for line in lines] == [
        "Contact",
        "Expires",
        "Preferred-Languages",
        "Canonical",
    ]
