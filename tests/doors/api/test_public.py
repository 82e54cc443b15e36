import json
from datetime import timedelta

import pytest
from django.utils import timezone

from secretariat.engines.sealed.merkle import verify_inclusion
from secretariat.foundation.audit.models import LogEntry
from secretariat.foundation.audit.sealer import seal
from secretariat.registry.topics.models import Listing
from tests.factories.accounts import NOW
from tests.factories.calls import make_call, make_open_call
from tests.factories.editions import make_edition, make_series
from tests.factories.membership import make_category, make_member
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.factories.places import make_place
from tests.factories.selections import make_selection
from tests.factories.topics import make_scheme, make_topic

pytestmark = pytest.mark.django_db


def keys(answer, name="key"):
    assert answer.status_code == 200, answer.content
    return [item[name] for item in answer.json()["items"]]


def test_editions(api):
    series = make_series()
    numbers = [make_edition(series, year).ref.number for year in (2021, 2022)]

    assert keys(api("/editions"), "number") == numbers[::-1]
    told = api(f"/editions/{numbers[1]}").json()
    assert (told["year"], told["consecutive_years"], told["calls"]) == (2022, 2, [])
    assert told["title"] == {"en": f"{series.name_en} 2022", "zh": f"2022年{series.name_zh}"}


def test_calls_that_were_opened(api):
    make_call()
    opened = make_open_call()

    assert keys(api("/calls")) == [opened.key]
    told = api(f"/calls/{opened.key}").json()
    assert [question["key"] for question in told["questions"]] == [
        "title", "summary", "countries", "started_on", "contact",
    ]  # fmt: skip
    assert [(c["key"], c["weight"]) for c in told["criteria"]] == [("depth", 2), ("benefit", 1)]
    assert told["questions"][0]["limits"] == {"en": 20, "zh": 10}
    assert told["rules_digest"] == opened.rules_digest


def test_a_draft_is_not_there(api):
    assert api(f"/calls/{make_call().key}").status_code == 404
    assert api(f"/selections/{make_call().key}").status_code == 404


def test_members_are_found_by_name_category_and_place(api):
    sweden, kenya = make_place("SE"), make_place("KE")
    first, second = make_category("first"), make_category("second")
    birch = make_member(organisation=make_organisation("Birch", country=sweden), category=first)
    aspen = make_member(organisation=make_organisation("Aspen", country=kenya), category=second)

    assert keys(api("/members"), "number") == [aspen.ref.number, birch.ref.number]
    assert keys(api("/members?q=birch"), "number") == [birch.ref.number]
    assert keys(api("/members?category=second"), "number") == [aspen.ref.number]
    assert keys(api("/members?country=se"), "number") == [birch.ref.number]
    told = api(f"/members/{birch.ref.number}").json()
    assert (told["name"]["en"], told["country"], told["category"]["key"]) == ("Birch", "SE", "first")
    assert len(told["history"]) == 1


def test_of_people_the_name_alone_is_told(api):
    person = make_person("Ada", "Example")
    member = make_member(person=person, category=make_category(holder="person"))

    told = api(f"/members/{member.ref.number}").json()
    assert told["kind"] == "person" and told["name"]["en"] == "Ada Example"
    chosen = {name: told.pop(name) for name in ("website", "contact", "accounts", "representatives")}
    assert told.pop("description") == {"en": "", "zh": ""} and not any(chosen.values())
    assert set(told) == {"number", "kind", "name", "country", "category", "history"}


def test_places_and_topics(api):
    make_place("SE")
    broad = make_topic("broad")
    make_topic("narrow", broader=broad)

    assert "SE" in keys(api("/places"), "code")
    assert api("/places/se").json()["code"] == "SE"
    assert {*keys(api("/topics"))} == {"broad", "narrow"}
    assert api("/topics/narrow").json()["broader"] == "broad"


@pytest.mark.parametrize(
    "path",
    [
        "/editions/x",
        "/calls/x",
        "/selections/x",
        "/selections/x/entries",
        "/members/x",
        "/places/xx",
        "/topics/x",
        "/nothing",
        "/",
    ],
)
def test_what_is_not_there_is_a_problem(api, path):
    answer = api(path)

    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")


class TestSelection:
    def test_before_the_list_is_decided_nothing_is_named(self, api):
        play = make_selection(until="frozen")

        told = api(f"/selections/{play.call.key}").json()
        assert [cut["is_public"] for cut in told["cuts"]] == [True, False, False, False][: len(told["cuts"])]
        assert keys(api(f"/selections/{play.call.key}/entries"), "number") == []
        assert api("/honours").json() == {"items": [], "next": ""}

    def test_at_the_end_the_named_are_told_and_no_one_else(self, api):
        play = make_selection(until="published")

        entries = api(f"/selections/{play.call.key}/entries").json()["items"]
        assert [entry["number"] for entry in entries] == [s.ref.number for s in play.submissions[:3]]
        honours = api("/honours").json()["items"]
        assert {(h["submission"], h["level"]) for h in honours} == {
            (honour.submission.ref.number, honour.level) for honour in play.honours
        }
        unnamed = play.submissions[4].ref.number
        assert api(f"/selections/{play.call.key}/entries/{unnamed}").status_code == 404
        said = json.dumps([entries, honours, api("/selections").json()], ensure_ascii=False)
        assert unnamed not in said

    def test_honours_are_narrowed(self, api):
        play = make_selection(until="conferred")
        level = play.honours[0].level

        assert keys(api(f"/honours?level={level}"), "level") == [level]
        assert keys(api("/honours?year=1999"), "level") == []
        assert keys(api("/honours?country=ZZ"), "level") == []

    def test_its_pledges_are_in_the_log(self, api):
        play = make_selection(until="decided")
        head = api("/log/head").json()

        pledges = api(f"/selections/{play.call.key}/pledges").json()["items"]
        assert {pledge["payload"]["kind"] for pledge in pledges} >= {"rules", "inputs", "list"}
        for pledge in pledges:
            proof = api(f"/log/inclusion?index={pledge['index']}&size={head['size']}").json()
            hashes = [bytes.fromhex(text) for text in proof["hashes"]]
            leaf, root = bytes.fromhex(pledge["leaf"]), bytes.fromhex(head["root"])
            assert proof["leaf"] == pledge["leaf"]
            assert verify_inclusion(leaf, pledge["index"], head["size"], hashes, root)


def test_the_log(api):
    assert api("/log/head").status_code == 404
    make_open_call()
    seal(now=NOW)
    size = LogEntry.objects.count()

    assert api("/log/head").json()["size"] == size
    assert api(f"/log/consistency?first=1&second={size}").status_code == 200
    for path, status in {
        f"/log/inclusion?index={size}&size={size}": 422,
        f"/log/inclusion?index=0&size={size + 1}": 404,
        f"/log/consistency?first=0&second={size}": 422,
        "/log/consistency?first=2&second=1": 422,
        "/log/inclusion?index=-1&size=1": 422,
        "/log/inclusion?index=0": 422,
    }.items():
        assert api(path).status_code == status, path


def _member(number):
    make_member(organisation=make_organisation(country=make_place("SE")))


def _topic(number):
    Listing.objects.create(scheme=make_scheme(), topic=make_topic(broader=make_topic()))


@pytest.mark.parametrize(
    ("path", "make"),
    [
        ("/editions", lambda _n: make_edition()),
        ("/calls", lambda _n: make_open_call()),
        ("/selections", lambda _n: make_open_call()),
        ("/members", _member),
        ("/topics", _topic),
    ],
)
def test_a_longer_list_costs_no_more_statements(api, asked, path, make):
    make(1)
    one = asked(lambda: api(path))
    make(2), make(3)

    assert asked(lambda: api(path)) == one


def test_today_counts(api):
    later = make_member(starts_on=timezone.now().date() + timedelta(days=1))

    assert later.ref.number not in keys(api("/members"), "number")
    assert api(f"/members/{later.ref.number}").status_code == 404
