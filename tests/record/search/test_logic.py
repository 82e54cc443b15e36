import pytest

from secretariat.record.search.logic import asked, excerpt, expression, indexed, marked


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Café, e-mail!", {"cafe", "e", "mail"}),
        ("数字经济", {"数字", "字经", "经济"}),
        ("2022年AI大会", {"2022", "年", "ai", "大会"}),
        ("' & | ! : *", set()),
    ],
)
def test_a_text_is_found_under_its_words(text, words):
    assert set(indexed(text).split()) == words


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("digital econ", "'digital':* & 'econ':*"),
        ("of a", "'of' & 'a':*"),
        ("数字经济", "'数字' & '经济'"),
        ("数", "'数':*"),
        ("a' | 'b:*", "'a' & 'b':*"),
        (" !&| ", ""),
    ],
)
def test_what_is_asked_of_the_database_holds_words_alone(text, question):
    assert expression(asked(text)) == question


def test_many_words_are_cut_short():
    assert len(asked("word " * 500)) == 12


def test_what_was_sought_is_marked_from_the_beginning_of_a_word():
    assert [(p.text, p.is_hit) for p in marked("Arts and martial arts", ["art"])] == [
        ("Art", True), ("s and martial ", False), ("art", True), ("s", False),
    ]  # fmt: skip
    assert [(p.text, p.is_hit) for p in marked("发展数字经济", ["数字"])] == [
        ("发展", False), ("数字", True), ("经济", False),
    ]  # fmt: skip


def test_an_excerpt_is_the_part_around_what_was_sought():
    text = "filler " * 60 + "needle " + "filler " * 60

    shown = "".join(piece.text for piece in excerpt(text, ["needle"]))

    assert shown.startswith("…filler")
    assert "needle" in shown
    assert len(shown) < 200
    assert excerpt(text, ["absent"]) == []
