import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from secretariat.foundation.accounts.actor import Actor
from secretariat.record.search import queries
from secretariat.record.search.models import SearchRow
from secretariat.record.search.queries import find
from tests.factories.accounts import make_actor
from tests.factories.editions import make_edition
from tests.factories.places import make_place
from tests.factories.search import index, make_entry
from tests.factories.topics import make_topic

pytestmark = pytest.mark.django_db


def titles(answer):
    return ["".join(piece.text for piece in hit.title) for hit in answer.hits]


def found(text, actor=None, door="public", **kw):
    return titles(find(actor or Actor(), text, door=door, **kw))


@pytest.mark.parametrize(
    "text",
    [
        "digital",
        "ECONOMY digital",
        "econ",
        "digit econ",
        "数字经济",
        "数字",
        "数字经",
        "经济",
        "THG-00012",
        "00012",
        "乌镇",
    ],
)
def test_a_thing_is_found_by_its_words_in_either_language(monkeypatch, text):
    index(
        monkeypatch,
        make_entry("Digital economy", "数字经济发展", words="THG-00012", about_zh="浙江省乌镇"),
        make_entry("Ocean"),
    )

    assert found(text) == ["Digital economy"]


@pytest.mark.parametrize("text", ["", "  ", "!", "农业", "farming", "数字农业"])
def test_what_is_not_there_is_not_found(monkeypatch, text):
    index(monkeypatch, make_entry("Digital economy", "数字经济发展"))

    assert found(text) == []


def test_every_cut_of_a_chinese_name_finds_it(monkeypatch):
    index(monkeypatch, make_entry("", "北京大学互联网发展研究中心"))

    assert {
        text
        for text in ("北京", "互联网", "研究中心", "网发", "北京大学研究", "大学互联网")
        if not found(text)
    } == set()


def test_a_word_that_is_misspelt_finds_what_is_spelt_alike(monkeypatch):
    index(monkeypatch, make_entry("University of Somewhere"), make_entry("Ocean"))

    answer = find(Actor(), "univeristy", door="public")

    assert titles(answer) == ["University of Somewhere"]
    assert answer.is_similar
    assert not find(Actor(), "university", door="public").is_similar


def test_a_number_is_found_as_it_is_or_not_at_all(monkeypatch):
    index(monkeypatch, make_entry("Institute", words="ORG-00041"))

    assert found("ORG-00041") == ["Institute"]
    assert found("ORG-00042") == []


def test_a_title_counts_more_than_a_text(monkeypatch):
    index(monkeypatch, make_entry("Ocean", text="about the harbour"), make_entry("Harbour"))

    assert found("harbour") == ["Harbour", "Ocean"]


def test_a_kind_narrows_and_the_counts_stay(monkeypatch):
    index(monkeypatch, make_entry(), make_entry())

    answer = find(Actor(), "digital", door="public", narrow={"kind": "other"})

    assert (list(answer.hits), answer.counts, answer.count, answer.is_empty) == ([], {"thing": 2}, 0, False)


def test_pages_follow_each_other_without_gap_or_repetition(monkeypatch):
    index(monkeypatch, *(make_entry(f"Digital {number}") for number in range(7)))
    seen, after = [], ""
    for _page in range(4):
        answer = find(Actor(), "digital", door="public", after=after, limit=2)
        seen += titles(answer)
        after = answer.next

    assert sorted(seen) == [f"Digital {number}" for number in range(7)]
    assert after == ""
    assert len(find(Actor(), "digital", door="public", after="nonsense").hits) == 7


ME, OTHER = uuid4(), uuid4()
DESK_ONLY = {"public_path": "", "desk_path": "/desk/x/", "is_public": False}
MINE_ONLY = {"public_path": "", "my_path": "/my/x/", "is_public": False}


def keys_of(actor):
    """What is somebody's own, as a source would say it: a row of her own."""
    return SearchRow.objects.filter(text=str(actor.person_id)).values("key")


@pytest.mark.parametrize(
    ("actor", "door", "sees"),
    [
        (Actor(), "public", {"open"}),
        (Actor(), "my", {"open"}),
        (Actor(), "desk", set()),
        (Actor(person_id=ME), "public", {"open"}),
        (Actor(person_id=ME), "my", {"open", "of me"}),
        (Actor(person_id=ME), "desk", set()),
        (Actor(person_id=OTHER), "my", {"open"}),
        (make_actor("desk.read"), "desk", {"open", "for readers"}),
        (make_actor("desk.run"), "desk", {"open", "for readers", "for runners"}),
        (make_actor("desk.run"), "my", {"open"}),
        (make_actor("desk.run"), "public", {"open"}),
        (make_actor("desk.run", tasks=frozenset()), "desk", set()),
        (make_actor("desk.run", scope_id=ME), "desk", set()),
        (make_actor("secret.read"), "desk", set()),
        (make_actor("desk.read", "secret.read"), "desk", {"open", "for readers", "secret"}),
    ],
)
def test_everybody_finds_what_she_may_and_nothing_else(monkeypatch, actor, door, sees):
    index(
        monkeypatch,
        make_entry("open thing"),
        make_entry("for readers thing", rights=("desk.read", "desk.run"), **DESK_ONLY),
        make_entry("for runners thing", rights=("desk.run",), **DESK_ONLY),
        make_entry("secret thing", rights=("secret.read",), **DESK_ONLY),
        make_entry("of me thing", text=str(ME), **MINE_ONLY),
        make_entry("nobody's thing", is_public=False),
        make_entry("without a page thing", public_path=""),
        mine=keys_of,
    )
    answer = find(actor, "thing", door=door)

    assert {title.removesuffix(" thing") for title in titles(answer)} == sees
    # No count tells of anything else either.
    assert (answer.count, answer.counts.get("thing", 0)) == (len(sees), len(sees))
    assert find(actor, "thign", door=door).count == len(sees)


def test_what_is_somebodys_own_is_asked_when_she_searches(monkeypatch):
    """Nothing is made anew in between: who has lost it has lost it."""
    entry, own = make_entry(**MINE_ONLY), set()
    index(monkeypatch, entry, mine=lambda actor: SearchRow.objects.filter(key__in=own).values("key"))

    assert found("digital", Actor(person_id=ME), "my") == []
    own.add(entry.key)
    assert found("digital", Actor(person_id=ME), "my") == ["Digital economy"]
    own.clear()
    assert found("digital", Actor(person_id=ME), "my") == []


@pytest.fixture
def narrowable(monkeypatch):
    edition = make_edition(title_en="Summit 2024", title_zh="2024年峰会")
    make_place("SE")
    topic = make_topic("ai")
    shared = {"edition": edition.ref.number, "year": 2024}
    index(
        monkeypatch,
        make_entry("Digital one", place="SE", topic=topic.key, **shared),
        make_entry("Digital two", place="SE", **shared),
        make_entry("Digital three", year=2023),
        make_entry("Ocean", year=2022, place="SE"),
    )
    return edition, topic


def test_an_answer_says_by_what_it_can_be_narrowed(narrowable):
    edition, topic = narrowable
    facets = find(Actor(), "digital", door="public").facets

    assert {name: [(each.value, each.count) for each in values] for name, values in facets.items()} == {
        "kind": [("thing", 3)],
        "edition": [(edition.ref.number, 2)],
        "topic": [(topic.key, 1)],
        "place": [("SE", 2)],
        "year": [("2024", 2), ("2023", 1)],
    }
    assert facets["edition"][0].name == "Summit 2024"
    with translation.override("zh-hans"):
        assert facets["edition"][0].name == "2024年峰会"


@pytest.mark.parametrize(
    ("narrow", "expected", "years"),
    [
        ({"year": "2023"}, {"Digital three"}, {"2024": 2, "2023": 1}),
        ({"place": "SE"}, {"Digital one", "Digital two"}, {"2024": 2}),
        ({"place": "SE", "topic": "ai"}, {"Digital one"}, {"2024": 1}),
        ({"place": "SE", "year": "2023"}, set(), {"2024": 2}),
        ({"place": "XX"}, set(), {}),
    ],
)
def test_a_facet_counts_what_the_others_leave(narrowable, narrow, expected, years):
    answer = find(Actor(), "digital", door="public", narrow=narrow)

    assert set(titles(answer)) == expected
    assert answer.count == len(expected)
    assert {each.value: each.count for each in answer.facets["year"]} == years


def test_of_very_many_things_the_first_are_counted_and_what_is_called_so_comes_first(monkeypatch):
    monkeypatch.setattr(queries, "MOST", 3)
    texts = [make_entry(f"Paper {number}", text="about the ocean", year=2020) for number in range(5)]
    index(monkeypatch, *texts, make_entry("Ocean", year=2021))

    answer = find(Actor(), "ocean", door="public")
    assert (answer.is_more, titles(answer)[0]) == (True, "Ocean")
    assert answer.count == 3  # at least
    # What is narrowed is looked for in everything, not in what was counted.
    assert found("ocean", narrow={"year": "2021"}) == ["Ocean"]
    assert not find(Actor(), "paper 4", door="public").is_more


@pytest.mark.parametrize("text", ["数学经济发展", "数字经记发展"])
def test_a_slip_in_chinese_finds_what_is_written_alike(monkeypatch, text):
    index(monkeypatch, make_entry("", "数字经济发展"), make_entry("", "海洋保护"))

    answer = find(Actor(), text, door="public")
    assert (titles(answer), answer.is_similar) == (["数字经济发展"], True)


@pytest.mark.parametrize(
    ("actor", "door", "text", "expected"),
    [
        (Actor(), "public", "digital", {"search_public"}),
        (Actor(), "public", "digitla", {"search_public", "search_public_similar"}),
        (make_actor("desk.run"), "desk", "digital", {"search_vector"}),
        (make_actor("desk.run"), "desk", "digitla", {"search_vector", "search_similar"}),
        (Actor(person_id=ME), "my", "digital", {"search_public"}),
    ],
)
def test_an_answer_is_found_by_an_index(monkeypatch, actor, door, text, expected):
    index(monkeypatch, make_entry())
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
        with CaptureQueriesContext(connection) as asked:
            find(actor, text, door=door)
        plans = ""
        for statement in asked.captured_queries:
            if '"search_searchrow"."vector"' in statement["sql"] or '"folded" %' in statement["sql"]:
                cursor.execute(f"EXPLAIN {statement['sql']}")
                plans += "\n".join(row[0] for row in cursor.fetchall())

    assert (
        set(re.findall(r"Index Scan on (search_\w+)", plans)) - {"search_searchrow_pkey", "search_row_once"}
        >= expected
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_statements_do_not_depend_on_how_much_is_found(monkeypatch, rows, django_assert_num_queries):
    index(monkeypatch, *(make_entry() for _ in range(rows)))

    with django_assert_num_queries(3):
        find(Actor(), "digital", door="public")
