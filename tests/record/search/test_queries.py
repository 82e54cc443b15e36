from uuid import uuid4

import pytest

from secretariat.foundation.accounts.actor import Actor, Capacity
from secretariat.record.search.queries import find
from tests.factories.accounts import make_actor
from tests.factories.search import index, make_entry

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

    answer = find(Actor(), "digital", door="public", kind="other")

    assert (answer.hits, answer.counts, answer.count) == ([], {"thing": 2}, 2)


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


def representing(organisation, **kw):
    return Actor(capacities=(Capacity("organisation.represent", "test", scope_id=organisation),), **kw)


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
        (Actor(person_id=ME, tasks=frozenset({"desk.run"})), "my", {"open"}),
        (representing(ME), "my", {"open", "of my organisation"}),
        (representing(OTHER), "my", {"open"}),
        (representing(ME, tasks=frozenset()), "my", {"open"}),
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
        make_entry("of me thing", people=(ME,), **MINE_ONLY),
        make_entry("of my organisation thing", organisations=(ME,), **MINE_ONLY),
        make_entry("nobody's thing", is_public=False),
        make_entry("without a page thing", public_path=""),
    )
    answer = find(actor, "thing", door=door)

    assert {title.removesuffix(" thing") for title in titles(answer)} == sees
    assert answer.count == len(sees)  # a count tells of nothing else either
    assert find(actor, "thign", door=door).count == len(sees)


@pytest.mark.parametrize("rows", [1, 3])
def test_statements_do_not_depend_on_how_much_is_found(monkeypatch, rows, django_assert_num_queries):
    index(monkeypatch, *(make_entry() for _ in range(rows)))

    with django_assert_num_queries(2):
        find(Actor(), "digital", door="public")
