"""The page of a search, the same at every door: what was asked, what was found, and by what it is narrowed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.record.search.facets import Value, clean
from secretariat.record.search.queries import Answer, Hit, find
from secretariat.record.search.sources import registered_sources

LONGEST = 200
SHOWN = 8  # values of a facet before the rest is folded away
# The kinds are tabs above the answer; by these it is narrowed beside it.
TITLES = {"edition": _("Edition"), "topic": _("Field"), "place": _("Country or region"), "year": _("Year")}


@dataclass(frozen=True)
class Line:
    """A hit with the name of its kind."""

    hit: Hit
    kind: Any


@dataclass(frozen=True)
class Choice:
    """A value of a facet, where it leads, and whether the answer is narrowed by it; then it leads out again."""

    label: Any
    count: int
    path: str
    is_current: bool


@dataclass(frozen=True)
class Facet:
    """By what an answer can be narrowed: a few values at once, the others folded."""

    title: Any
    first: Sequence[Choice]
    others: Sequence[Choice]


@dataclass(frozen=True)
class Search:
    """What a reader asked at a door, and what was found."""

    words: str
    narrow: Mapping[str, str]
    answer: Answer

    @property
    def kind(self) -> str:
        return self.narrow.get("kind", "")

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
            {"kind": kind, "label": source.label, "path": self._query(kind=kind), "count": counts[kind],
             "is_current": kind == self.kind}
            for kind, source in sources.items() if kind in counts
        ]  # fmt: skip

    @property
    def of_every_kind(self) -> int:
        return sum(self.answer.counts.values())

    @property
    def facets(self) -> list[Facet]:
        """What else the answer can be narrowed by: only where there is a choice, or one was made."""
        found = []
        for name, title in TITLES.items():
            values = self.answer.facets.get(name, [])
            choices = [self._choice(name, value) for value in values if value.value]
            if name == "year":
                choices.sort(key=lambda choice: choice.label, reverse=True)
            if len(choices) > 1 or any(choice.is_current for choice in choices):
                # What is chosen stays in sight, wherever it stands.
                choices.sort(key=lambda choice: not choice.is_current)
                found.append(Facet(title, choices[:SHOWN], choices[SHOWN:]))
        return found

    def _choice(self, name: str, value: Value) -> Choice:
        is_current = self.narrow.get(name) == value.value
        path = self._query(**{name: "" if is_current else value.value})
        return Choice(value.name or value.value, value.count, path, is_current)

    @property
    def everything(self) -> str:
        return self._query(kind="")

    @property
    def anything(self) -> str:
        """The words alone, narrowed by nothing."""
        return f"?{urlencode({'q': self.words})}"

    @property
    def next(self) -> str:
        return self._query(after=self.answer.next) if self.answer.next else ""

    def _query(self, **changed: str) -> str:
        asked = {"q": self.words, **self.narrow, **changed}
        return f"?{urlencode({name: value for name, value in asked.items() if value})}"


def search_for(actor: Actor, query: QueryDict, door: str, **limits: int) -> Search:
    """Return the search a query string asks for, as this actor may see its answer."""
    words = " ".join(query.get("q", "").replace("\0", "")[:LONGEST].split())
    narrow = clean(query, list(registered_sources()))
    answer = find(actor, words, door=door, narrow=narrow, after=query.get("after", ""), **limits)
    return Search(words, narrow, answer)
