import pytest

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.files.models import File
from secretariat.record.publications import queries
from secretariat.record.publications.models import Publication
from tests.factories.accounts import NOW, make_actor
from tests.factories.publications import answer, applicant_of, make_item, make_publication

pytestmark = pytest.mark.django_db


def make_set_publication():
    """A publication that is set, without the labour of setting it."""
    publication = make_publication([])
    file = File.objects.create(
        name="book.pdf", media_type="application/pdf", size=5, sha256="0" * 64, storage_key="00/book"
    )
    Publication.objects.filter(pk=publication.pk).update(state="set", file=file)
    return publication


def test_what_is_set_is_public_and_what_is_in_proof_is_for_the_secretariat():
    proof, done = make_publication(), make_set_publication()
    applicant = applicant_of(proof.entries.first().item)
    actors = {
        "stranger": Actor(), "applicant": Actor(person_id=applicant.pk), "chair": make_actor("body.chair"),
        "desk.read": make_actor("desk.read"), "desk.run": make_actor("desk.run"),
    }  # fmt: skip

    seen = {who: {p.pk for p in queries.visible_publications(actor)} for who, actor in actors.items()}

    assert seen == {
        "stranger": {done.pk}, "applicant": {done.pk}, "chair": {done.pk},
        "desk.read": {proof.pk, done.pk}, "desk.run": {proof.pk, done.pk},
    }  # fmt: skip


def test_printed_is_what_was_approved_or_lapsed_after_notice_in_order():
    items = [make_item() for _ in range(4)]
    publication = make_publication(items)
    first, second, third, _fourth = publication.entries.order_by("position")
    answer(third)
    answer(second, approve=False)
    publication.entries.filter(pk=first.pk).update(state="lapsed")

    assert [e.item_id for e in queries.printed_entries(publication)] == [items[0].pk, items[2].pk]
    assert queries.proof_counts(publication) == {"lapsed": 1, "refused": 1, "approved": 1, "proposed": 1}


@pytest.mark.parametrize("count", [1, 3])
def test_listing_takes_one_statement(count, django_assert_num_queries):
    publications = [make_set_publication() for _ in range(count)]
    book = make_publication([make_item() for _ in range(count)])
    for entry in book.entries.all():
        answer(entry, now=NOW)

    with django_assert_num_queries(1):
        rows = [(p.ref.number, p.file.sha256) for p in queries.visible_publications(Actor())]
    assert len(rows) == len(publications)
    with django_assert_num_queries(1):
        assert len([entry.item.number for entry in queries.printed_entries(book)]) == count
    with django_assert_num_queries(1):
        assert queries.proof_counts(book) == {"approved": count}
