from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordSimilarity
from django.db import connection, transaction
from django.db.models import F, IntegerField, Q, QuerySet
from django.db.models.functions import Cast

from secretariat.foundation.accounts.actor import Actor
from secretariat.record.search.facets import Value, counted, narrowing, together
from secretariat.record.search.logic import Piece, asked, excerpt, expression, is_chinese, marked
from secretariat.record.search.models import SearchRow
from secretariat.record.search.sources import READERS, registered_sources
from secretariat.registry.organisations.logic import fold

DOORS = ("public", "my", "desk")
PAGE = 20
SIMILAR, SIMILAR_CHINESE = 0.5, 0.41  # half a short Chinese word is another word
MOST = (
    2_000  # things that are counted and ranked; of a word that very many have, these in whose title it stands
)
MOST_SIMILAR = 200
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
    is_more: bool = False  # than were counted: each number says "at least"

    @property
    def counts(self) -> dict[str, int]:
        """How many there are of each kind, whichever of them the reader has chosen."""
        return {each.value: each.count for each in self.facets.get("kind", ())}

    @property
    def is_empty(self) -> bool:
        """Nothing has the words, however it is narrowed."""
        return not any(self.facets.values())


def findable(actor: Actor, door: str) -> list[QuerySet[SearchRow]]:
    """Return what an actor may find at a door, in parts: the one place where this is decided."""
    rows = SearchRow.objects.all()
    if door == "public":
        return [rows.exclude(public_path="").filter(is_public=True)]
    rows = rows.exclude(public_path="", **{f"{door}_path": ""})
    if door == "my":
        # What is somebody's own is asked of its source as it is now, never of the row.
        own = [
            rows.filter(kind=source.kind, key__in=source.mine(actor))
            for source in registered_sources().values()
            if source.mine is not None
        ]
        return [rows.filter(is_public=True), *own]
    if not any(actor.has(right) for right in READERS):
        return []
    return [rows.filter(Q(is_public=True) | Q(rights__overlap=_rights(actor)))]


def _rights(actor: Actor) -> list[str]:
    return sorted({c.right for c in actor.capacities if actor.has(c.right)})


def find(
    actor: Actor, text: str, *, door: str, narrow: Mapping[str, str] | None = None, after: str = "",
    limit: int = PAGE,
) -> Answer:  # fmt: skip
    """Return what the actor may find at a door by some words, best first. Three statements.

    Where nothing has the words as they are written, what is spelt alike, unless it is a number.
    """
    words = asked(text)
    if not words:
        return Answer()
    parts, page = findable(actor, door), _Page(words, door, narrow or {}, after, limit)
    exact, in_title = (
        SearchQuery(expression(words, weight), config="simple", search_type="raw") for weight in ("", "A")
    )
    found, titled = ([part.filter(vector=query) for part in parts] for query in (exact, in_title))
    answer = page.of(found, SearchRank(F("vector"), exact), first=titled)
    # A number that is nearly the same is another one.
    if not answer.is_empty or any(letter.isdigit() for letter in text):
        return answer
    spelt = fold(text)
    alike = SIMILAR_CHINESE if any(map(is_chinese, words)) else SIMILAR
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(alike)])
        near = [part.filter(folded__trigram_word_similar=spelt) for part in parts]
        return page.of(near, TrigramWordSimilarity(spelt, "folded"), is_similar=True)


@dataclass(frozen=True)
class _Page:
    """Which part of what is found a reader asks for."""

    words: Sequence[str]
    door: str
    narrow: Mapping[str, str]
    after: str
    limit: int

    def of(
        self, found: list[QuerySet[Any]], rank: Any, *, first: Sequence[QuerySet[Any]] = (),
        is_similar: bool = False,
    ) -> Answer:  # fmt: skip
        most = MOST_SIMILAR if is_similar else MOST
        counts = counted(found, self.narrow, most)
        told = {"facets": counts.facets, "is_similar": is_similar, "is_more": counts.is_more}
        if not counts.total and not counts.is_more:
            return Answer(**told)
        best = self._best([*first, *found] if counts.is_more else found, rank, most)
        rows = SearchRow.objects.only("pk", *SHOWN).in_bulk([pk for _score, pk in best[: self.limit]])
        hits = [_hit(rows[pk], self.words, self.door) for _score, pk in best[: self.limit] if pk in rows]
        more = "{}.{}".format(*best[self.limit - 1]) if len(best) > self.limit else ""
        return Answer(hits, counts.total, next=more, **told)

    def _best(self, parts: list[QuerySet[Any]], rank: Any, most: int) -> list[tuple[int, UUID]]:
        """The places of a page in the order of their scores, and one more."""
        score = Cast(rank * EXACT, IntegerField())
        wanted = [part.filter(narrowing(self.narrow)).annotate(score=score) for part in parts]
        if position := _position(self.after):
            after = Q(score__lt=position[0]) | Q(score=position[0], pk__gt=position[1])
            wanted = [part.filter(after) for part in wanted]
        inner, arguments = together(wanted, ("score", "pk"), most)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT score, pk FROM ({inner}) AS found (score, pk) ORDER BY 1 DESC, 2 LIMIT {self.limit + 1}",
                arguments,
            )
            return cursor.fetchall()


def _position(after: str) -> tuple[int, UUID] | None:
    score, _dot, last = after.partition(".")
    try:
        return int(score), UUID(last)
    except ValueError:  # nobody's place: from the beginning
        return None


def _hit(row: SearchRow, words: Sequence[str], door: str) -> Hit:
    path = getattr(row, f"{door}_path") or row.public_path
    return Hit(row.kind, path, marked(row.title, words), marked(row.about, words), excerpt(row.text, words))
