from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secretariat.engines.typesetting import fonts
from secretariat.record.publications.typesetting import indexes
from secretariat.record.publications.typesetting.book import (
    Applicant,
    Bilingual,
    Contributor,
    Entry,
    Name,
    Section,
)
from secretariat.record.publications.typesetting.compose import BookError, typeset
from tests.record.publications import sample_books as sample
from tests.record.publications.pdf_pages import Page, read_pages, squeezed

FRONT = ["cover", "endpaper", "half title", "imprint", "contents", "foreword", "selection", "evidence"]
BACK = ["persons", "organisations", "places", "colophon", "back cover"]
FOOT_OF_BODY = 70.8  # 25 mm in points


@pytest.fixture(scope="module")
def charm() -> tuple[list[Page], bytes]:
    pdf = typeset(sample.achievements())
    return read_pages(pdf), pdf


def small(*entries: Entry, **changes):
    return sample.achievements(
        list(entries) or [sample.entry(1), sample.entry(2), sample.entry(6)], **changes
    )


def pages_of(book) -> list[Page]:
    return read_pages(typeset(book))


def page_saying(pages: list[Page], text: str, start: int = 0) -> Page:
    return next(page for page in pages[start:] if squeezed(text) in page.body)


def opening_pages(book, pages: list[Page]) -> dict[str, int]:
    """For each entry the page that begins with its ref and field."""
    begins = {squeezed(entry.ref + entry.field.en): entry.ref for entry in book.entries()}
    return {
        ref: n for n, page in enumerate(pages) for begin, ref in begins.items() if page.body.startswith(begin)
    }


def test_a_small_book_has_one_page_for_each_part_and_each_entry():
    book = small()

    pages = pages_of(book)

    assert [section.name.en for section in book.sections] == [
        "Networks and communication",
        "Chips and computing",
    ]
    assert len(pages) == len(FRONT) + 2 + 3 + len(BACK)
    assert opening_pages(book, pages) == {"C26-001": 9, "C26-006": 10, "C26-002": 12}


@pytest.mark.parametrize(("make", "count"), [(sample.achievements, 57), (sample.cases, 60)])
def test_every_entry_opens_a_page_with_its_titles_in_both_scripts(make, count, charm):
    book = make()
    pages = charm[0] if make is sample.achievements else pages_of(book)

    opened = opening_pages(book, pages)

    assert len(opened) == len(set(opened.values())) == count
    assert list(opened) == [entry.ref for entry in book.entries()]
    for entry in book.entries():
        page = pages[opened[entry.ref]].body
        assert squeezed(entry.title.en) in page
        assert squeezed(entry.title.zh) in page


def test_the_contents_name_every_entry_with_its_page(charm):
    pages, _ = charm
    book = sample.achievements()
    contents = "".join(page.whole for page in pages[4:7])

    for entry, page in ((e, opening_pages(book, pages)[e.ref]) for e in book.entries()):
        lead = squeezed(entry.ref + (entry.title.en or entry.title.zh))
        after = contents[contents.index(lead) + len(lead) :].lstrip(".")
        chinese = squeezed(entry.title.zh) if entry.title.en else ""
        assert after.removeprefix(chinese).lstrip(".").startswith(str(page + 1))


def test_no_text_is_lost_and_none_stands_below_the_foot_of_the_page(charm):
    pages, _ = charm
    book = sample.achievements()
    said = "".join(page.body for page in pages)

    for entry in book.entries():
        assert squeezed(entry.summary.en) in said
        assert squeezed(entry.summary.zh) in said
    first, *_, last = opening_pages(book, pages).values()
    assert min(line for page in pages[first : last + 1] for line in page.lines) >= FOOT_OF_BODY


def test_an_overlong_entry_goes_on_overleaf_and_says_so():
    long = sample.entry(1, summary=Bilingual(sample.prose(sample.WORDS, ". ", 120), "短"))

    pages = pages_of(small(long))

    entry_pages = pages[9 : len(pages) - len(BACK)]
    assert ["C26-001continued续" in page.whole for page in entry_pages] == [False, True, True, True, True]
    assert squeezed(long.summary.en) in "".join(page.body for page in entry_pages)


def test_twenty_contributors_and_a_long_list_of_facts_stay_on_one_page():
    crowded = sample.entry(29)

    pages = pages_of(small(crowded))

    assert len(crowded.contributors) == 20
    assert len(pages) == len(FRONT) + 1 + 1 + len(BACK)
    assert squeezed(crowded.contributors[-1].name.en) in page_saying(pages, "C26-029Security").body


def test_the_index_of_persons_names_everybody_once(charm):
    pages, _ = charm
    book = sample.achievements()
    names = {(c.name.en, c.name.zh) for entry in book.entries() for c in entry.contributors}
    listed = [(line["en"], line["zh"]) for line in indexes.persons(book)]

    assert len(listed) == len(names)
    assert set(listed) == names
    start = next(n for n, page in enumerate(pages) if page.body.startswith("Indexofpersons"))
    end = next(n for n, page in enumerate(pages) if page.body.startswith("Indexoforganisations"))
    printed = "".join(page.body for page in pages[start:end])
    assert {name: printed.count(squeezed(name[0] or name[1])) for name in names} == dict.fromkeys(names, 1)


def test_the_index_tells_applicants_from_contributors_and_origin_from_use():
    a, b = Name("Example Institute A", "示例院甲"), Name("Example Institute B")
    here, there = Name("Example Land A"), Name("Example Land B")
    first = sample.entry(
        0,
        applicants=(Applicant(a, here),),
        contributors=(Contributor(Name("X"), b),),
        countries_of_use=(there,),
    )
    second = sample.entry(
        5, applicants=(Applicant(b, there),), contributors=(Contributor(Name("X"), b),), countries_of_use=()
    )
    book = small(first, second)

    assert [(line["en"], line["main"], line["other"]) for line in indexes.organisations(book)] == [
        ("Example Institute A", [0], []),
        ("Example Institute B", [1], [0]),
    ]
    assert [(line["en"], line["main"], line["other"]) for line in indexes.places(book)] == [
        ("Example Land A", [0], []),
        ("Example Land B", [1], [0]),
    ]
    assert [(line["en"], line["main"]) for line in indexes.persons(book)] == [("X", [0, 1])]


def test_latin_and_chinese_names_share_one_alphabet():
    names = [
        Name("", "张示例"),
        Name("Birch"),
        Name("Élan"),
        Name("", "安示例"),
        Name("Item 10"),
        Name("Item 9"),
        Name("7 Bridges"),
    ]

    ordered = sorted(names, key=lambda name: (indexes.letter(name), indexes.sort_key(name)))

    assert [name.en or name.zh for name in ordered] == [
        "7 Bridges",
        "安示例",
        "Birch",
        "Élan",
        "Item 9",
        "Item 10",
        "张示例",
    ]
    assert [indexes.letter(name) for name in ordered] == ["#", "A", "B", "E", "I", "I", "Z"]
    assert indexes.letter(Name("Mira Example", sort="Example, Mira")) == "E"


HOSTILE = [
    '#panic("no")',
    "*bold* _emph_ `raw`",
    "$ x^2 $",
    "@ref <label> \\ \\u{41}",
    "= Heading // comment /* more */",
    '"] #import "book.typ": * [',
    "#{ while true {} }",
]


def test_what_looks_like_typst_is_printed_as_it_was_written():
    text = " ".join(HOSTILE)
    entry = sample.entry(
        1,
        title=Bilingual("#panic() *bold* $x$ @ref \\ <label>", "#panic() *粗* $x$ @ref \\ <label>"),
        summary=Bilingual(text, text),
        note=Bilingual(text),
        applicants=(Applicant(Name("#org *1*", "<org>"), Name("@land", "$land$")),),
        contributors=(Contributor(Name("#person()", "*人*"), Name("_org_")),),
    )

    pages = pages_of(small(entry, title=Bilingual("#title *x*", "$题$"), foreword=(Bilingual(text, text),)))

    page = page_saying(pages, "C26-001", start=9).body
    assert page.count(squeezed(text)) == 3
    for part in (
        "#panic() *bold* $x$ @ref \\ <label>",
        "#panic() *粗* $x$ @ref \\ <label>",
        "#org*1*",
        "@land$land$",
        "#person()*人*",
    ):
        assert squeezed(part) in page
    assert "#title*x*" in pages[0].body


@settings(max_examples=5, deadline=None)
@given(st.text(min_size=1, max_size=60))
def test_any_text_can_be_set(text):
    entry = sample.entry(
        1, summary=Bilingual(text, text), title=Bilingual(text + "x", text), url=text, note=Bilingual(text)
    )

    assert typeset(small(entry, title=Bilingual(text + "x", text))).startswith(b"%PDF-1.7")


def test_a_character_without_glyph_becomes_a_geta_and_control_characters_go():
    entry = sample.entry(1, title=Bilingual("Bridge \U0001f600 \u202edesrever\x07 end", ""))

    pages = pages_of(small(entry))

    assert squeezed(f"Bridge {fonts.GETA} desrever end") in page_saying(pages, "C26-001", start=9).body


@pytest.mark.parametrize("missing", ["en", "zh"])
def test_a_missing_language_leaves_the_other_standing_alone(missing):
    def only(text: Bilingual) -> Bilingual:
        return replace(text, **{missing: ""})

    whole = sample.entry(
        3,
        level="nominated",
        applicants=(Applicant(Name("Example O", "示例机"), Name("Example P", "示例地")),),
    )
    entry = replace(
        whole,
        title=only(whole.title),
        summary=only(whole.summary),
        field=only(whole.field),
        note=only(whole.note),
    )
    base = small(whole)
    book = replace(
        base,
        title=only(base.title),
        subtitle=only(base.subtitle),
        edition=only(base.edition),
        publisher=only(base.publisher),
        sections=(Section(only(base.sections[0].name), (entry,)),),
        foreword=tuple(map(only, base.foreword)),
        selection_note=tuple(map(only, base.selection_note)),
    )

    pages = pages_of(book)

    assert squeezed(entry.title.en + entry.title.zh) in page_saying(pages, entry.ref, start=9).body
    assert squeezed(book.title.en + book.title.zh) in pages[0].body


def test_a_simulated_book_says_so_on_every_page(charm):
    pages, pdf = charm

    assert [n for n, page in enumerate(pages, 1) if "Simulated模拟" not in page.whole] == []
    assert "模拟SIMULATED" in pages[0].body
    assert squeezed(sample.achievements().simulated_text.en) in pages[3].body
    assert b"(simulated)" in pdf


def test_a_real_book_says_nothing_of_simulation():
    book = small(simulated=False, edition=Bilingual("Edition 2026", "二〇二六年"))

    assert [
        n for n, page in enumerate(pages_of(book), 1) if "模拟" in page.whole or "imulated" in page.whole
    ] == []


def test_the_selection_shows_every_count_rule_hash_and_head(charm):
    pages, _ = charm
    book = sample.achievements()
    drawn, evidence = pages[8].body, pages[9].body

    for stage in book.stages:
        assert f"{stage.count}{stage.name.en}{stage.name.zh}" in drawn
        assert squeezed(stage.rule.en) in drawn
        assert squeezed(stage.rule.zh) in drawn
        assert stage.list_hash in evidence
        assert squeezed(stage.head) in evidence
        assert str(stage.log_index) in evidence
    assert "15Leadingachievement领先科技成果" in drawn
    assert "5Nominatedproject提名项目" in drawn


def test_the_colophon_tells_how_to_check_the_book(charm):
    pages, pdf = charm
    book = sample.achievements()
    said = pages[-2].body

    assert said.startswith("Colophon书末记")
    for text in (book.list_hash, book.colophon.command, book.colophon.url, book.colophon.head):
        assert squeezed(text) in said
    assert b"/Alt(" + book.colophon.url.encode() in pdf


def test_the_file_is_tagged_and_knows_its_language_title_and_date(charm):
    _, pdf = charm

    for mark in (
        b"/MarkInfo",
        b"/StructTreeRoot",
        b"/Outlines",
        b"/Lang(en)",
        b"/Lang(zh",
        b"pdfuaid:part",
        b"D:20261124",
    ):
        assert mark in pdf
    assert b"Charm of Science and Technology" in pdf


def test_the_same_book_gives_the_same_bytes_and_another_list_another_cloth():
    assert typeset(small()) == typeset(small())
    assert typeset(small()) != typeset(small(list_hash=sample.hash_of("changed")))


def test_only_web_addresses_are_links():
    pdf = typeset(
        small(
            sample.entry(1, url="javascript:alert(1)"),
            colophon=replace(sample.achievements().colophon, url=""),
        )
    )

    assert b"javascript" not in pdf
    assert b"/URI" not in pdf


def test_a_book_without_stages_foreword_or_people_leaves_those_parts_out():
    book = small(sample.entry(0, contributors=()), stages=(), foreword=())

    assert len(pages_of(book)) == len(FRONT) - 3 + 2 + 1 + len(BACK) - 1


def test_the_file_is_written_whole(tmp_path):
    out = tmp_path / "book.pdf"

    pdf = typeset(small(published_on=date(2026, 1, 2)), out=out)

    assert out.read_bytes() == pdf
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize(
    ("book", "message"),
    [
        (lambda: sample.achievements([]), "the book has no entry"),
        (lambda: small(title=Bilingual()), "the book has no title"),
        (lambda: small(sample.entry(1), sample.entry(1)), "more than one entry has the ref C26-001"),
        (lambda: small(sample.entry(1, title=Bilingual(" "))), "entry C26-001 has no title"),
        (
            lambda: small(sample.entry(1, level="gold")),
            "entry C26-001 has the level gold, which the book does not define",
        ),
        (lambda: small(sample.entry(1, title=Bilingual("\x07"))), "entry C26-001 has no title"),
        (lambda: small(sections=(Section(Bilingual(), (sample.entry(1),)),)), "section 1 has no name"),
        (lambda: small(list_hash="abc"), "the list hash of the book is not 64 hexadecimal digits: 'abc'"),
    ],
)
def test_a_book_that_contradicts_itself_is_refused(book, message, tmp_path):
    with pytest.raises(BookError, match="^" + message.replace("(", r"\(") + "$"):
        typeset(book(), out=tmp_path / "book.pdf")

    assert list(tmp_path.iterdir()) == []
