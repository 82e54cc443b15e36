import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.governance.motions.logic import (
    Change,
    Paragraph,
    before_and_after,
    compete,
    consolidate,
    farthest_first,
    fits,
)

WORDS = st.text("abc 甲乙", min_size=1, max_size=12)
PARAGRAPHS = st.lists(st.builds(Paragraph, WORDS, WORDS), min_size=1, max_size=6)
TEXT = (Paragraph("One.", "一。"), Paragraph("Two.", "二。"), Paragraph("Three.", "三。"))
NEW = Paragraph("New.", "新。")


def change(doing, paragraph, new=NEW):
    return Change(doing, paragraph) if doing == "delete" else Change(doing, paragraph, new.en, new.zh)


@st.composite
def texts_with_changes(draw, most=6):
    text = draw(PARAGRAPHS)
    changes = []
    for _each in range(draw(st.integers(0, most))):
        doing = draw(st.sampled_from(["replace", "delete", "insert"]))
        at = draw(st.integers(0 if doing == "insert" else 1, len(text)))
        changes.append(change(doing, at, Paragraph(draw(WORDS), draw(WORDS))))
    return text, changes


@given(PARAGRAPHS)
def test_without_a_change_the_text_is_the_text(text):
    assert consolidate(text, []) == tuple(text)


@given(texts_with_changes(), st.randoms(use_true_random=False))
def test_changes_to_different_paragraphs_may_come_in_any_order(drawn, random):
    text, changes = drawn
    apart = list({each.paragraph: each for each in changes}.values())
    shuffled = list(apart)
    random.shuffle(shuffled)

    assert consolidate(text, shuffled) == consolidate(text, apart)


@given(texts_with_changes())
def test_the_length_is_that_of_the_text_and_what_was_inserted_and_deleted(drawn):
    text, changes = drawn
    last = {each.paragraph: each.doing for each in changes if each.doing != "insert"}
    gone = sum(doing == "delete" for doing in last.values())
    new = sum(each.doing == "insert" for each in changes)

    assert len(consolidate(text, changes)) == len(text) - gone + new


@given(texts_with_changes())
def test_every_paragraph_comes_whole_in_both_languages(drawn):
    """A paragraph is one thing in two languages: none ends up with the English of one and the Chinese of another."""
    text, changes = drawn
    known = {*text, *(Paragraph(each.en, each.zh) for each in changes if each.doing != "delete")}

    assert set(consolidate(text, changes)) <= known


@given(texts_with_changes())
def test_what_was_taken_in_last_stands(drawn):
    text, changes = drawn
    for number, paragraph in enumerate(text, 1):
        touching = [each for each in changes if each.paragraph == number and each.doing != "insert"]
        alone = consolidate(text, [*changes, change("replace", number)])
        assert NEW in alone
        if not touching:
            assert paragraph in consolidate(text, changes)


@given(texts_with_changes())
def test_changes_that_do_not_compete_commute(drawn):
    text, changes = drawn
    if len(changes) < 2:
        return
    one, other = changes[:2]
    both_insert = one.doing == other.doing == "insert" and one.paragraph == other.paragraph
    if not compete(one, other) and not both_insert:
        assert consolidate(text, [one, other]) == consolidate(text, [other, one])


@pytest.mark.parametrize(
    ("changes", "reads"),
    [
        ([change("replace", 2)], "One. New. Three."),
        ([change("delete", 1)], "Two. Three."),
        ([change("insert", 0)], "New. One. Two. Three."),
        ([change("insert", 3)], "One. Two. Three. New."),
        ([change("delete", 2), change("insert", 2)], "One. New. Three."),
        ([change("delete", 2), change("replace", 2)], "One. New. Three."),
        ([change("replace", 2), change("delete", 2)], "One. Three."),
        (
            [change("insert", 1), change("insert", 1, Paragraph("Later.", "后。"))],
            "One. New. Later. Two. Three.",
        ),
        ([change("delete", 1), change("delete", 2), change("delete", 3)], ""),
    ],
)
def test_how_a_text_reads(changes, reads):
    assert " ".join(paragraph.en for paragraph in consolidate(TEXT, changes)) == reads


@pytest.mark.parametrize(
    ("doing", "paragraph", "right"),
    [
        ("insert", 0, True),
        ("replace", 0, False),
        ("delete", 0, False),
        ("insert", 3, True),
        ("replace", 4, False),
    ],
)
def test_a_change_is_about_what_is_there(doing, paragraph, right):
    assert fits(change(doing, paragraph), 3) is right
    if not right:
        with pytest.raises(ValueError, match="no paragraph"):
            consolidate(TEXT, [change(doing, paragraph)])


@pytest.mark.parametrize(
    ("one", "other", "right"),
    [
        (("replace", 1), ("replace", 1), True), (("replace", 1), ("delete", 1), True),
        (("replace", 1), ("insert", 1), False), (("insert", 1), ("insert", 1), False),
        (("replace", 1), ("replace", 2), False),
    ],
)  # fmt: skip
def test_what_competes(one, other, right):
    assert compete(change(*one), change(*other)) is compete(change(*other), change(*one)) is right


def test_the_most_far_reaching_comes_first():
    slight, far = (
        Change("replace", 2, "Two!", "二！"),
        Change("replace", 2, "Quite another thing", "完全不同"),
    )
    changes = [change("insert", 2), slight, far, change("delete", 2), change("replace", 1)]

    assert farthest_first(TEXT, changes) == [4, 3, 2, 1, 0]


def test_what_a_change_is_compared_with():
    nothing = Paragraph("", "")
    assert [before_and_after(change(doing, 2), TEXT) for doing in ("replace", "delete", "insert")] == [
        (TEXT[1], NEW), (TEXT[1], nothing), (nothing, NEW),
    ]  # fmt: skip
