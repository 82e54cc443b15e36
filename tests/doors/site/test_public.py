"""The public pages over one small world, played once: what each says, and that its HTML is valid."""

import re
from datetime import timedelta
from types import SimpleNamespace
from xml.etree import ElementTree

import html5lib
import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from secretariat.registry.editions.actions import archive_edition, record_fact
from tests.factories.accounts import INSTALLER, NOW
from tests.factories.calls import make_open_call
from tests.factories.editions import make_edition, make_series
from tests.factories.membership import make_member, make_representative
from tests.factories.people import make_person
from tests.factories.places import make_group, make_place
from tests.factories.selections import make_selection

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Every public page in both languages, asked for once. Nothing stays in the database."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = make_world()
        made.pages = {
            language: {path: Client(HTTP_ACCEPT_LANGUAGE=language).get(path) for path in made.paths}
            for language in ("en", "zh-hans")
        }
        made.files = {name: Client().get(reverse(f"site:{name}")) for name in ("feed", "sitemap", "robots")}
        transaction.set_rollback(True)
    translation.deactivate()  # a request leaves its language behind in the thread
    return made


def make_world():
    sweden = make_place("SE")
    make_group("europe", sweden)
    play = make_selection(decline=[1])
    winner = play.submissions[0]
    member = make_member(organisation=winner.organisation)
    person = make_person(given_name="Spokesperson", family_name="Hidden", country=sweden)
    make_representative(member, person)
    individual = make_member(person=make_person(given_name="Ada", family_name="Individual", country=sweden))
    opens = timezone.now() - timedelta(days=1)
    call = make_open_call(opens_at=opens, closes_at=opens + timedelta(days=9, hours=1))
    series = make_series("summit", figures={"guests": {"en": "Guests", "zh": "嘉宾"}})
    editions = [make_edition(series, year) for year in range(2014, 2023)]
    claims = [
        {
            "value": number,
            "qualifier": "",
            "sources": [{"key": key, "title": f"Title {key}", "where": "there"}],
        }
        for number, key in ((150, "own"), (100, "paper"))
    ]
    record_fact(
        edition=editions[-1],
        key="guests",
        kind="conflict",
        sources=[],
        claims=claims,
        actor=INSTALLER,
        now=NOW,
    )
    archive_edition(edition=editions[-1], actor=INSTALLER, now=NOW)
    named = {
        "call": ("call", call.key), "past": ("call", play.call.key), "selection": ("selection", play.call.key),
        "entry": ("entry", play.call.key, winner.ref.number), "member": ("member", member.ref.number),
        "individual": ("member", individual.ref.number), "place": ("place", "se"),
        "empty place": ("place", make_place("KE").alpha2.lower()), "topic": ("topic", winner.topic.key),
        "edition": ("edition", editions[-1].ref.number), "simulated": ("edition", play.call.edition.ref.number),
    }  # fmt: skip
    plain = ("front", "calls", "selections", "honours", "members", "places", "topics", "archive", "log")
    at = {name: reverse(f"site:{name}") for name in plain}
    at |= {name: reverse(f"site:{parts[0]}", args=parts[1:]) for name, parts in named.items()}
    missing = [
        reverse(f"site:{name}", args=["nothing"]) for name in ("call", "member", "place", "topic", "edition")
    ]
    entries = {reverse("site:entry", args=[play.call.key, s.ref.number]) for s in play.submissions[:3]}
    return SimpleNamespace(
        at=at, missing=missing, paths=[*at.values(), *missing], play=play, call=call, entries=entries
    )


def page(world, name, language="en"):
    return world.pages[language][world.at[name]]


def words(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_is_valid(world, language):
    wrong = {}
    for path, response in world.pages[language].items():
        text = response.content.decode()
        try:
            html5lib.HTMLParser(strict=True).parse(text)
        except html5lib.html5parser.ParseError as error:
            wrong[path] = str(error)
        ids = re.findall(r'\sid="([^"]+)"', text)
        if len(ids) != len(set(ids)):
            wrong[path] = sorted({each for each in ids if ids.count(each) > 1})

    assert wrong == {}


def test_a_page_that_is_not_valid_would_be_seen():
    with pytest.raises(html5lib.html5parser.ParseError):
        html5lib.HTMLParser(strict=True).parse("<!doctype html><title>x</title><p><div></p></div></span>")


def test_what_is_there_opens_and_what_is_not_is_missing(world):
    found = {path: response.status_code for path, response in world.pages["en"].items()}

    assert found == dict.fromkeys(world.at.values(), 200) | dict.fromkeys(world.missing, 404)


def test_no_page_is_heavy(world):
    assert {p: len(r.content) for p, r in world.pages["en"].items() if len(r.content) > 100_000} == {}


def test_every_page_says_its_address_in_each_language_and_what_is_missing_none(world):
    for path, response in world.pages["en"].items():
        text = response.content.decode()
        expected = [] if path in world.missing else ["en", "zh-Hans", "x-default"]
        assert re.findall(r'<link rel="alternate" hreflang="([^"]+)"', text) == expected
        assert ('rel="canonical"' in text) == (path not in world.missing)
        assert ('property="og:title"' in text) == (path not in world.missing)


def test_the_call_tells_what_is_asked_of_whom_and_how_it_is_judged(world):
    text = words(page(world, "call"))

    for told in (
        "at most 200 characters in English", "“Begun on” is a day before 1 January 2022.", "67 %", "8 days left",
        "China Standard Time", "UTC", "for named persons",
    ):  # fmt: skip
        assert told in text
    assert reverse("my_calls:call", args=[world.call.key]) in page(world, "call").content.decode()


def test_a_past_call_leads_to_its_selection_and_takes_nothing(world):
    text = page(world, "past").content.decode()

    assert world.at["selection"] in text
    assert reverse("my_calls:call", args=[world.play.call.key]) not in text


def test_the_front_page_offers_to_apply_and_its_numbers_lead_on(world):
    text = page(world, "front").content.decode()

    assert reverse("my_calls:call", args=[world.call.key]) in text
    assert {f'href="{world.at[name]}"' in text for name in ("members", "places", "honours", "calls")} == {
        True
    }


@pytest.mark.parametrize("name", ["honours", "member", "place", "topic"])
def test_only_what_was_conferred_is_an_honour(world, name):
    """One of the two that were offered declined: the other one alone is named."""
    text = page(world, name).content.decode()

    assert world.play.title(0) in text
    assert {world.play.title(n) for n in range(1, 5) if world.play.title(n) in text} == set()


def test_of_people_the_directory_tells_the_name_of_a_member_and_of_representatives_the_number(world):
    everything = "".join(r.content.decode() for r in world.pages["en"].values())

    assert "Ada Individual" in words(page(world, "members"))
    assert "Their names are not public." in words(page(world, "member"))
    assert "Representatives" not in words(page(world, "individual"))
    assert "Hidden" not in everything


def test_a_place_counts_applicants_and_use_apart(world):
    row = page(world, "place").context["counted"][0]

    assert (row.call.key, row.applicants, row.uses) == (world.play.call.key, 6, 0)
    assert page(world, "empty place").context["counted"] == []
    assert "No member is from here." in words(page(world, "empty place"))


def test_an_edition_counts_its_years_in_a_row_and_shows_sources_that_disagree(world):
    text = words(page(world, "edition"))

    assert "The ninth consecutive year, since 2014." in text
    assert "sources disagree" in text
    assert "连续第9年举办" in words(page(world, "edition", "zh-hans"))
    assert not page(world, "edition").context["simulated"]
    assert world.play.call.title_en in words(page(world, "simulated"))


def test_the_feed_tells_what_is_public_newest_first(world):
    feed = ElementTree.fromstring(world.files["feed"].content)
    keys = [entry.find(f"{ATOM}id").text.partition("#")[2] for entry in feed.iter(f"{ATOM}entry")]
    times = [entry.find(f"{ATOM}updated").text for entry in feed.iter(f"{ATOM}entry")]
    key = world.play.call.key

    assert set(keys) == {f"opened:{world.call.key}", f"opened:{key}", f"conferred:{key}"} | {
        f"decided:{key}:{stage}" for stage in ("recommended", "shortlist", "honours")
    }
    assert times == sorted(times, reverse=True)


def test_the_map_of_the_site_leads_to_pages_that_are_there_only(world):
    tree = ElementTree.fromstring(world.files["sitemap"].content)
    paths = {re.sub(r"^https?://[^/]+", "", loc.text) for loc in tree.iter(f"{MAP}loc")}

    assert set(world.at.values()) - paths == {world.at["empty place"]}
    assert {path for path in paths if path.startswith(world.at["selection"])} == {
        world.at["selection"], *world.entries,
    }  # fmt: skip
    assert not {path for path in paths if path.startswith(("/my/", "/desk/"))}


def test_robots_are_kept_from_private_pages_and_from_the_whole_demo(world, client, settings):
    assert "Disallow: /my/" in world.files["robots"].content.decode()
    settings.MODE = "demo"
    assert "Disallow: /\n" in client.get(reverse("site:robots")).content.decode()
