"""What a table shows of a row: on the screen as words, in an export as a value."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from django.db.models.expressions import Combinable
from django.utils.dateformat import format as format_date
from django.utils.functional import Promise
from django.utils.timezone import is_aware, localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

Label = str | Promise
# A field's path, an expression, several of them, or a function that gives these in the reader's language.
Order = str | Combinable | Sequence[str | Combinable] | Callable[[], "Order"]

DAY = {"zh": "Y-m-d", "en": "j M Y"}


@dataclass(frozen=True)
class Column:
    """A column. ``of`` is where its value stands (an attribute's path, or a function of the row; else its name).

    ``show`` makes the words on the screen, ``export`` the value in a file; both take the row. With ``tone`` the words
    stand in a chip of that tone ("" for the plain one). A ``heading`` names its row to a screen reader.
    """

    name: str
    label: Label
    of: str | Callable[[Any], Any] = ""
    order: Order = ""
    path: Callable[[Any], str] | None = None
    align: Literal["start", "end"] = "start"
    hidden: bool = False
    heading: bool = False
    show: Callable[[Any], Any] | None = None
    export: Callable[[Any], Any] | None = None
    tone: Callable[[Any], str] | None = None

    def value(self, row: Any) -> Any:
        """Return the value of a row; of a field with choices, its words."""
        return self.of(row) if callable(self.of) else _follow(row, self.of or self.name)

    def shown(self, row: Any) -> str:
        """Return what the screen shows of a row."""
        return in_words(self.show(row) if self.show else self.value(row))

    def exported(self, row: Any) -> Any:
        """Return what a file keeps of a row: numbers, days and moments as such, the rest as text."""
        value = self.export(row) if self.export else self.value(row)
        return value if isinstance(value, int | float | date | None) else in_words(value)


def _follow(row: Any, path: str) -> Any:
    for part in path.split("."):
        if row is None:
            return None
        words = getattr(row, f"get_{part}_display", None)
        row = words() if words else row.get(part) if isinstance(row, dict) else getattr(row, part)
    return row


def in_words(value: Any) -> str:
    """Return a value as a dense table writes it, in the reader's language."""
    match value:
        case None:
            return ""
        case bool():
            return _("yes") if value else _("no")
        case datetime():
            local = localtime(value) if is_aware(value) else value
            return f"{_day(local)} {local:%H:%M}"
        case date():
            return _day(value)
        case int():
            return f"{value:,}"
        case str():
            return value
        case list() | tuple() | set() | frozenset():
            return ("、" if _chinese() else ", ").join(in_words(each) for each in value)
    return str(value)


def _day(value: date) -> str:
    return format_date(value, DAY["zh" if _chinese() else "en"])


def _chinese() -> bool:
    return (get_language() or "en").startswith("zh")
