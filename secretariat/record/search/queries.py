from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordSimilarity
from django.db import connection, transaction
from django.db.models import Count, F, IntegerField, Q, QuerySet
from django.db.models.functions import Cast

from secretariat.foundation.accounts.actor import Actor
from secretariat.record.search.logic import Piece, asked, excerpt, expression, marked
from secretariat.record.search.models import SearchRow
from secretariat.registry.organisations.logic import fold

DOORS = ("public", "my", "desk")
DESK = ("desk.run", "desk.read")
PAGE = 20
SIMILAR = 0.5
EXACT = 1_000_000  # ranks are whole numbers, so that a page begins exactly where the last one ended
SHOWN = (
    "kind",
    "key",
    "title_en",
    "title_zh",
    "about_en",
    "about_zh",
    "text",
    "public_path",
    "my_path",
    "desk_path",
)


@dataclass(frozen=True)
class Hit:
    """A thing that was found, as the reader is shown it."""

    kind: str
    path: str
    title: Sequence[Piece]
    about: Sequence[Piece]
    excerpt: Sequence[Piece]


@dataclass(frozen=True)
class Answer:
    """What was found: a page of hits, how many there are of each kind, and where the next page begins."""

    hits: Sequence[Hit] = ()
    counts: dict[str, int] = field(default_factory=dict)
    next: str = ""
    is_similar: bool = False  # nothing has the words as they were written; these come near

    @property
    def count(self) -> int:
        return sum(self.counts.values())


def findable(actor: Actor, door: str) -> QuerySet[SearchRow]:
    """Return what an actor may find at a door: the one place where this is decided."""
    own_page = ~Q(public_path="") if door == "public" else ~Q(public_path="", **{f"{door}_path": ""})
    seen = Q(is_public=True)
    if door == "my":
        seen |= Q(organisations__overlap=_represented(actor))
        # An assistant is given tasks one by one; what is somebody's own is none of them.
        if actor.person_id and actor.tasks is None:
            seen |= Q(people__contains=[actor.person_id])
    if door == "desk":
        if not any(actor.has(right) for right in DESK):
            return SearchRow.objects.none()
        seen |= Q(rights__overlap=_rights(actor))
    return SearchRow.objects.filter(own_page & seen)


def _represented(actor: Actor) -> list[UUID]:
    return [
        c.scope_id for c in actor.capacities
        if c.right == "organisation.represent" and c.scope_id and actor.has(c.right, c.scope_id)
    ]  # fmt: skip


def _rights(actor: Actor) -> list[str]:
    return sorted({c.right for c in actor.capacities if actor.has(c.right)})


def find(actor: Actor, text: str, *, door: str, kind: str = "", after: str = "", limit: int = PAGE) -> Answer:
    """Return what the actor may find at a door by some words, best first. Two statements.

    Where nothing has the words as they are written, what is spelt alike, unless it is a number.
    """
    words = asked(text)
    if not words:
        return Answer()
    rows = findable(actor, door)
    exact = SearchQuery(expression(words), config="simple", search_type="raw")
    found = rows.filter(vector=exact).annotate(
        score=Cast(SearchRank(F("vector"), exact) * EXACT, IntegerField())
    )
    answer = _answer(found, words, door, kind, after, limit)
    # A number that is nearly the same is another one.
    if answer.counts or any(letter.isdigit() for letter in text):
        return answer
    spelt = fold(text)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(SIMILAR)])
        near = rows.filter(folded__trigram_word_similar=spelt).annotate(
            score=Cast(TrigramWordSimilarity(spelt, "folded") * EXACT, IntegerField())
        )
        return _answer(near, words, door, kind, after, limit, is_similar=True)


def _answer(
    found: QuerySet[Any], words: Sequence[str], door: str, kind: str, after: str, limit: int,
    *, is_similar: bool = False,
) -> Answer:  # fmt: skip
    counts = dict(found.order_by().values_list("kind").annotate(n=Count("pk")).order_by("kind"))
    if not counts:
        return Answer()
    page = found.filter(kind=kind) if kind else found
    if position := _position(after):
        score, last = position
        page = page.filter(Q(score__lt=score) | Q(score=score, pk__gt=last))
    rows = list(page.order_by("-score", "pk").only("pk", *SHOWN)[: limit + 1])
    more = f"{rows[limit - 1].score}.{rows[limit - 1].pk}" if len(rows) > limit else ""
    return Answer([_hit(row, words, door) for row in rows[:limit]], counts, more, is_similar)


def _position(after: str) -> tuple[int, UUID] | None:
    score, _dot, last = after.partition(".")
    try:
        return int(score), UUID(last)
    except ValueError:  # nobody's place: from the beginning
        return None


def _hit(row: SearchRow, words: Sequence[str], door: str) -> Hit:
    path = getattr(row, f"{door}_path") or row.public_path
    return Hit(row.kind, path, marked(row.title, words), marked(row.about, words), excerpt(row.text, words))
