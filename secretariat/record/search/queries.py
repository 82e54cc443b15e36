from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordSimilarity
from django.db import connection, transaction
from django.db.models import F, IntegerField, Q, QuerySet
from django.db.models.functions import Cast

from secretariat.foundation.accounts.actor import Actor
from secretariat.record.search.facets import Value, counted, narrowing
from secretariat.record.search.logic import Piece, asked, excerpt, expression, marked
from secretariat.record.search.models import SearchRow
from secretariat.record.search.sources import READERS, registered_sources
from secretariat.registry.organisations.logic import fold

DOORS = ("public", "my", "desk")
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
    """What was found: a page of hits, how many there are and by what they differ, and where the next page begins."""

    hits: Sequence[Hit] = ()
    count: int = 0
    facets: dict[str, list[Value]] = field(default_factory=dict)
    next: str = ""
    is_similar: bool = False  # nothing has the words as they were written; these come near

    @property
    def counts(self) -> dict[str, int]:
        """How many there are of each kind, whichever of them the reader has chosen."""
        return {each.value: each.count for each in self.facets.get("kind", ())}

    @property
    def is_empty(self) -> bool:
        """Nothing has the words, however it is narrowed."""
        return not any(self.facets.values())


def findable(actor: Actor, door: str) -> QuerySet[SearchRow]:
    """Return what an actor may find at a door: the one place where this is decided."""
    own_page = ~Q(public_path="") if door == "public" else ~Q(public_path="", **{f"{door}_path": ""})
    seen = Q(is_public=True)
    if door == "my":
        # What is somebody's own is asked of its source as it is now, never of the row.
        for source in registered_sources().values():
            if source.mine is not None:
                seen |= Q(kind=source.kind, key__in=source.mine(actor))
    if door == "desk":
        if not any(actor.has(right) for right in READERS):
            return SearchRow.objects.none()
        seen |= Q(rights__overlap=_rights(actor))
    return SearchRow.objects.filter(own_page & seen)


def _rights(actor: Actor) -> list[str]:
    return sorted({c.right for c in actor.capacities if actor.has(c.right)})


def find(
    actor: Actor, text: str, *, door: str, narrow: Mapping[str, str] | None = None, after: str = "",
    limit: int = PAGE,
) -> Answer:  # fmt: skip
    """Return what the actor may find at a door by some words, best first. Two statements.

    Where nothing has the words as they are written, what is spelt alike, unless it is a number.
    """
    words = asked(text)
    if not words:
        return Answer()
    rows, page = findable(actor, door), _Page(words, door, narrow or {}, after, limit)
    exact = SearchQuery(expression(words), config="simple", search_type="raw")
    found = rows.filter(vector=exact)
    answer = page.of(found, SearchRank(F("vector"), exact))
    # A number that is nearly the same is another one.
    if not answer.is_empty or any(letter.isdigit() for letter in text):
        return answer
    spelt = fold(text)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(SIMILAR)])
        near = rows.filter(folded__trigram_word_similar=spelt)
        return page.of(near, TrigramWordSimilarity(spelt, "folded"), is_similar=True)


@dataclass(frozen=True)
class _Page:
    """Which part of what is found a reader asks for."""

    words: Sequence[str]
    door: str
    narrow: Mapping[str, str]
    after: str
    limit: int

    def of(self, found: QuerySet[Any], rank: Any, *, is_similar: bool = False) -> Answer:
        count, facets = counted(found, self.narrow)
        if not count:
            return Answer(facets=facets, is_similar=is_similar)
        page = found.filter(narrowing(self.narrow)).annotate(score=Cast(rank * EXACT, IntegerField()))
        if position := _position(self.after):
            score, last = position
            page = page.filter(Q(score__lt=score) | Q(score=score, pk__gt=last))
        rows = list(page.order_by("-score", "pk").only("pk", *SHOWN)[: self.limit + 1])
        more = f"{rows[self.limit - 1].score}.{rows[self.limit - 1].pk}" if len(rows) > self.limit else ""
        hits = [_hit(row, self.words, self.door) for row in rows[: self.limit]]
        return Answer(hits, count, facets, more, is_similar)


def _position(after: str) -> tuple[int, UUID] | None:
    score, _dot, last = after.partition(".")
    try:
        return int(score), UUID(last)
    except ValueError:  # nobody's place: from the beginning
        return None


def _hit(row: SearchRow, words: Sequence[str], door: str) -> Hit:
    path = getattr(row, f"{door}_path") or row.public_path
    return Hit(row.kind, path, marked(row.title, words), marked(row.about, words), excerpt(row.text, words))
