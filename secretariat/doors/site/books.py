"""Set books are public, and so are their files."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import F

from secretariat.foundation.accounts.actor import Actor
from secretariat.record.publications.models import Publication
from secretariat.record.publications.queries import visible_publications


def files_of_books(actor: Actor, files: Collection[UUID]) -> Iterable[UUID]:
    """Return those of the files that are books the actor may see. One statement."""
    return visible_publications(actor).filter(file__in=files).values_list("file", flat=True)


def book_by_key(actor: Actor, key: str) -> Publication | None:
    """Return a set book by its key; None for one that is in proof or not there."""
    return visible_publications(actor).filter(key=key, state="set").first()


def public_books() -> list[Publication]:
    """Return the set books with ``set_at``, latest first. One statement."""
    books = visible_publications(Actor()).filter(state="set", file__isnull=False)
    return list(books.annotate(set_at=F("file__created_at")))


def books_of_lists(digests: Collection[str]) -> dict[str, Publication]:
    """Return the set book of each list, by the list's digest. One statement."""
    books = visible_publications(Actor()).filter(list_digest__in=digests, state="set")
    return {book.list_digest: book for book in books}
