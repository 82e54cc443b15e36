import pytest

from secretariat.record.publications.actions import prepare_publication
from secretariat.summit.calls.actions import withdraw
from secretariat.summit.honours.book import NO_FIELD, book_of, proofs_of
from tests.factories.calls import STAFF
from tests.factories.selections import make_selection

pytestmark = pytest.mark.django_db


def make_publication(play, state="approved"):
    """The publication of a play's recommended list, every entry brought to a state."""
    publication = prepare_publication(
        key=f"{play.call.key}-proofs", title={"en": "A book", "zh": "一本书"}, subtitle={}, list_digest="0" * 64,
        proofs=proofs_of(play.stage("recommended")), proof_until=play.now, simulated=True, actor=STAFF, now=play.now,
    )  # fmt: skip
    publication.entries.update(state=state)
    return publication


def make_book(play, publication):
    return book_of(play.call, publication, published_on=play.now.date())


def refs_of(book):
    return [[entry.ref for entry in section.entries] for section in book.sections]


def test_a_proof_shows_what_is_public_and_nothing_else():
    play = make_selection("recommended")

    proofs = proofs_of(play.stage("recommended"))

    kept = play.submissions[:3]
    assert [(p.item_id, p.content["ref"], p.accounts) for p in proofs] == [
        (s.ref_id, s.ref.number, [s.person.account_id]) for s in kept
    ]
    public = {"title", "summary", "topic", "countries", "contributors", "website"}
    for proof, submission in zip(proofs, kept, strict=True):
        assert set(proof.content) <= public | {"ref", "applicants", "used_in"}
        assert proof.content["applicants"] == [str(submission.organisation_id)]
    assert "for the committee" not in str(proofs)
    assert "named-only" not in str(proofs)


def test_there_are_no_proofs_before_the_decision():
    assert proofs_of(make_selection("frozen").stage("recommended")) == []


def test_whoever_was_refused_or_withdrew_gets_no_proof():
    play = make_selection("recommended", refuse={1: "No longer in use."})
    withdraw(submission=play.submissions[0], reason="Sold.", actor=STAFF, now=play.now)

    assert [p.content["ref"] for p in proofs_of(play.stage("recommended"))] == [
        play.submissions[2].ref.number
    ]


@pytest.mark.parametrize(("state", "printed"), [("approved", 3), ("lapsed", 3), ("refused", 0)])
def test_the_book_holds_what_may_be_printed(state, printed):
    play = make_selection("recommended")
    book = make_book(play, make_publication(play, state))

    assert sum(map(len, refs_of(book))) == printed
    assert book.simulated


@pytest.mark.parametrize(
    ("until", "levels"), [("accepted", ["", "", ""]), ("conferred", ["leading", "", ""])]
)
def test_a_level_is_printed_once_its_honour_is_conferred(until, levels):
    play = make_selection(until, decline=[1])
    [section] = make_book(play, make_publication(play)).sections
    assert [entry.level for entry in section.entries] == levels


def test_entries_without_a_field_stand_together_after_the_others():
    play = make_selection("recommended")
    publication = make_publication(play)
    first = publication.entries.get(position=1)
    publication.entries.filter(pk=first.pk).update(content={**first.content, "topic": "no-longer-there"})

    book = make_book(play, publication)

    assert refs_of(book) == [[s.ref.number for s in play.submissions[1:3]], [play.submissions[0].ref.number]]
    assert book.sections[-1].name == NO_FIELD


def test_the_book_tells_how_it_was_chosen():
    play = make_selection("decided")
    book = make_book(play, make_publication(play))

    assert [(stage.name.en, stage.count) for stage in book.stages] == [
        ("Collected", 7), ("Eligible", 5), ("Recommended", 3), ("For release", 2), ("Honours", 2),
    ]  # fmt: skip
    assert book.stages[-1].split == (("leading", 1), ("nominated", 1))
    assert all(stage.log_index is not None for stage in book.stages[1:])
