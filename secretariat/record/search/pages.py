"""The page of a search, the same at every door: what was asked, what was found, and by which kinds it is narrowed."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from secretariat.foundation.accounts.actor import Actor
from secretariat.record.search.queries import Answer, Hit, find
from secretariat.record.search.sources import registered_sources

LONGEST = 200


@dataclass(frozen=True)
class Line:
    """A hit with the name of its kind."""

    hit: Hit
    kind: Any


@dataclass(frozen=True)
class Search:
    """What a reader asked at a door, and what was found."""

    words: str
    kind: str
    answer: Answer

    @property
    def lines(self) -> list[Line]:
        sources = registered_sources()
        return [
            Line(hit, sources[hit.kind].label if hit.kind in sources else hit.kind)
            for hit in self.answer.hits
        ]

    @property
    def tabs(self) -> list[dict[str, Any]]:
        """The kinds that were found, in the order in which they are registered."""
        sources, counts = registered_sources(), self.answer.counts
        return [
            {"kind": kind, "label": source.label, "path": self._query(kind), "count": counts[kind],
             "is_current": kind == self.kind}
            for kind, source in sources.items() if kind in counts
        ]  # fmt: skip

    @property
    def everything(self) -> str:
        return self._query("")

    @property
    def next(self) -> str:
        return self._query(self.kind, after=self.answer.next) if self.answer.next else ""

    def _query(self, kind: str, **more: str) -> str:
        asked = {"q": self.words, **({"kind": kind} if kind else {}), **more}
        return f"?{urlencode(asked)}"


def search_for(actor: Actor, query: QueryDict, door: str, **limits: int) -> Search:
    """Return the search a query string asks for, as this actor may see its answer."""
    words = " ".join(query.get("q", "").replace("\0", "")[:LONGEST].split())
    kind = query.get("kind", "")
    kind = kind if kind in registered_sources() else ""
    answer = find(actor, words, door=door, kind=kind, after=query.get("after", ""), **limits)
    return Search(words, kind, answer)
