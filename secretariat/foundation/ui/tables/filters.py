"""What a table can be narrowed by. A filter reads its part of the query string and leaves out what it does not know."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _

from secretariat.foundation.ui.tables.columns import Label, in_words

Choices = Sequence[tuple[Any, Label]]
Pairs = list[tuple[str, str]]  # of the query string
MAX_WORDS = 8


@dataclass(frozen=True)
class Option:
    """One choice of a filter; ``count`` says how many rows it would leave, where that is asked."""

    value: str
    label: Label
    is_chosen: bool
    count: int | None = None


@dataclass(frozen=True)
class Filter(ABC):
    """A filter of a table, called ``name`` in the query string. ``path`` is the field it looks at (else its name)."""

    name: str
    label: Label
    path: str = ""

    kind: ClassVar[str] = ""

    def names(self) -> Sequence[str]:
        """The names it reads from the query string."""
        return (self.name,)

    def ready(self) -> "Filter":
        """Return it for one request, with what it must ask for asked once."""
        return self

    @abstractmethod
    def read(self, query: QueryDict) -> Any:
        """Return the value asked for; None where nothing is, or nothing it knows."""

    @abstractmethod
    def narrow(self, rows: QuerySet, value: Any) -> QuerySet:
        """Return the rows the value leaves."""

    def pairs(self, value: Any) -> Pairs:
        """Return the value as the query string says it."""
        return [(self.name, str(value))]

    def told(self, value: Any) -> list[tuple[str, Pairs]]:
        """Return the value in words, part by part, each with what is taken from the query string to undo it."""
        return [(in_words(value), self.pairs(value))]

    def options(self, value: Any, rows: QuerySet) -> list[Option]:
        """Return its choices; ``rows`` are those all other filters leave."""
        return []


@dataclass(frozen=True)
class TextFilter(Filter):
    """Words, each of which stands in one of the ``fields``, whatever its case and accents.

    ``condition`` takes one word and replaces the fields where a feature knows better how its names are found.
    """

    fields: Sequence[str] = ()
    condition: Callable[[str], Q] | None = None
    hint: Label = ""

    kind = "text"

    def read(self, query: QueryDict) -> str | None:
        return " ".join(query.get(self.name, "").replace("\0", "").split()[:MAX_WORDS]) or None

    def narrow(self, rows: QuerySet, value: str) -> QuerySet:
        for word in value.split():
            rows = rows.filter(self.condition(word) if self.condition else self._anywhere(word))
        return rows

    def _anywhere(self, word: str) -> Q:
        found = Q()
        for path in self.fields:
            found |= Q(**{f"{path}__unaccent__icontains": word})
        return found


@dataclass(frozen=True)
class ChoiceFilter(Filter):
    """One of several values. ``condition`` takes the value and replaces the path where a choice is no plain value."""

    choices: Choices | Callable[[], Choices] = ()
    condition: Callable[[str], Q] | None = None
    many: bool = False  # the path leads to several rows: none of ours may come twice

    kind = "choice"

    def ready(self) -> "Filter":
        return replace(self, choices=self.known()) if callable(self.choices) else self

    def known(self) -> list[tuple[str, Label]]:
        choices = self.choices() if callable(self.choices) else self.choices
        return [(str(value), label) for value, label in choices]

    def read(self, query: QueryDict) -> Any:
        asked = query.get(self.name, "")
        return asked if asked and asked in dict(self.known()) else None

    def narrow(self, rows: QuerySet, value: Any) -> QuerySet:
        condition = self.holds([value])
        return (
            rows.filter(pk__in=_plain(rows).filter(condition).values("pk"))
            if self.many
            else rows.filter(condition)
        )

    def holds(self, values: Iterable[str]) -> Q:
        """The condition that a row has one of these values."""
        if self.condition is None:
            return Q(**{f"{self.path or self.name}__in": list(values)})
        found = Q()
        for value in values:
            found |= self.condition(value)
        return found

    def told(self, value: Any) -> list[tuple[str, Pairs]]:
        return [(str(dict(self.known())[value]), self.pairs(value))]

    def options(self, value: Any, rows: QuerySet) -> list[Option]:
        return [Option(key, label, key == value) for key, label in self.known()]


@dataclass(frozen=True)
class MultiChoiceFilter(ChoiceFilter):
    """Any of several values, each with the number of rows it would leave."""

    counted: bool = True
    skips_empty: bool = False  # of many choices only those that would leave something

    kind = "choices"

    def read(self, query: QueryDict) -> list[str] | None:
        asked = set(query.getlist(self.name))
        return [key for key, _label in self.known() if key in asked] or None if asked else None

    def narrow(self, rows: QuerySet, value: list[str]) -> QuerySet:
        condition = self.holds(value)
        return (
            rows.filter(pk__in=_plain(rows).filter(condition).values("pk"))
            if self.many
            else rows.filter(condition)
        )

    def pairs(self, value: list[str]) -> Pairs:
        return [(self.name, each) for each in value]

    def told(self, value: list[str]) -> list[tuple[str, Pairs]]:
        words = dict(self.known())
        return [(str(words[each]), [(self.name, each)]) for each in value]

    def options(self, value: list[str] | None, rows: QuerySet) -> list[Option]:
        known, chosen = self.known(), set(value or ())
        counts = self._counts([key for key, _label in known], rows) if self.counted else {}
        return [
            Option(key, label, key in chosen, counts.get(key, 0) if self.counted else None)
            for key, label in known
            if key in chosen or not self.skips_empty or counts.get(key)
        ]

    def _counts(self, keys: list[str], rows: QuerySet) -> dict[str, int]:
        """How many of the rows have each value. One statement."""
        inside = rows.order_by()
        if self.many:
            inside = _plain(rows).filter(pk__in=inside.values("pk"))
        if self.condition is None:
            found = inside.values_list(self.path or self.name).annotate(n=Count("pk", distinct=self.many))
            return {str(key): n for key, n in found}
        asked = {
            f"n{at}": Count("pk", filter=self.condition(key), distinct=self.many)
            for at, key in enumerate(keys)
        }
        counted = inside.aggregate(**asked)
        return {key: counted[f"n{at}"] for at, key in enumerate(keys)}


@dataclass(frozen=True)
class BooleanFilter(ChoiceFilter):
    """Yes, no, or either."""

    choices: Choices | Callable[[], Choices] = field(default=lambda: [("yes", _("yes")), ("no", _("no"))])

    def holds(self, values: Iterable[str]) -> Q:
        wanted = list(values) == ["yes"]
        if self.condition is None:
            return Q(**{self.path or self.name: wanted})
        return self.condition("yes") if wanted else ~self.condition("yes")


@dataclass(frozen=True)
class DateFilter(Filter):
    """From one day to another, both included; either may be left open. ``moments``: the field keeps a time, too."""

    moments: bool = False

    kind = "dates"

    def names(self) -> Sequence[str]:
        return (f"{self.name}_from", f"{self.name}_to")

    def read(self, query: QueryDict) -> tuple[date | None, date | None] | None:
        first, last = (_day(query.get(name, "")) for name in self.names())
        return (first, last) if first or last else None

    def narrow(self, rows: QuerySet, value: tuple[date | None, date | None]) -> QuerySet:
        path, (first, last) = self.path or self.name, value
        if first:
            rows = rows.filter(**{f"{path}__gte": self._start(first)})
        if last and last < date.max:
            rows = rows.filter(**{f"{path}__lt": self._start(last + timedelta(days=1))})
        return rows

    def _start(self, day: date) -> date | datetime:
        return make_aware(datetime.combine(day, time())) if self.moments else day

    def pairs(self, value: tuple[date | None, date | None]) -> Pairs:
        return [(name, day.isoformat()) for name, day in zip(self.names(), value, strict=True) if day]

    def told(self, value: tuple[date | None, date | None]) -> list[tuple[str, Pairs]]:
        first, last = value
        words = [
            (_("from %(day)s"), (first, None), first),
            (_("until %(day)s"), (None, last), last),
        ]
        return [(text % {"day": in_words(day)}, self.pairs(part)) for text, part, day in words if day]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _plain(rows: QuerySet) -> QuerySet:
    return rows.model._base_manager.all()
