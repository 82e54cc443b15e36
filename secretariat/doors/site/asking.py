"""What a reader asks of a public list: one word and a few choices, in the query string, without scripts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

PAGE = 60
MAX_WORDS = 8
Options = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Choice:
    """One of several values of a list; ``value`` is the one asked for, empty for any."""

    name: str
    label: str | Promise
    options: Options
    value: str = ""

    @property
    def words(self) -> str:
        return dict(self.options).get(self.value, "")


def asked_choice(query: QueryDict, name: str, label: str | Promise, options: Options) -> Choice:
    """Return a choice with what the query string asks for; a value nobody knows is none."""
    value = query.get(name, "")
    return Choice(name, label, options, value if value in dict(options) else "")


def asked_words(query: QueryDict) -> list[str]:
    """Return the words searched for."""
    return query.get("q", "").replace("\0", "").split()[:MAX_WORDS]


@dataclass(frozen=True)
class Listing:
    """One page of a list as it was asked for."""

    page: Page
    words: str
    choices: Sequence[Choice]

    @property
    def is_narrowed(self) -> bool:
        return bool(self.words) or any(choice.value for choice in self.choices)

    @property
    def count(self) -> int:
        return self.page.paginator.count

    @property
    def position(self) -> str:
        told = {"first": self.page.start_index(), "last": self.page.end_index(), "count": self.count}
        return _("%(first)d to %(last)d of %(count)d") % told

    @property
    def previous(self) -> str:
        return self._query(self.page.number - 1) if self.page.has_previous() else ""

    @property
    def next(self) -> str:
        return self._query(self.page.number + 1) if self.page.has_next() else ""

    def _query(self, number: int) -> str:
        asked = [("q", self.words), *((choice.name, choice.value) for choice in self.choices)]
        return f"?{urlencode([*((name, value) for name, value in asked if value), ('page', number)])}"


def listing_of(rows: QuerySet[Any], query: QueryDict, choices: Sequence[Choice]) -> Listing:
    """Return the page of rows that is asked for; beyond the ends it is the first or the last."""
    page = Paginator(rows, PAGE).get_page(query.get("page"))
    return Listing(page, " ".join(asked_words(query)), choices)
