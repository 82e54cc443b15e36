"""What a row of a file does: read, brought in, and told. Checking and bringing in are the same up to here."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import REFUSALS, Actor
from secretariat.registry.imports.importers import Done, Importer, Refused
from secretariat.registry.imports.logic import read_day
from secretariat.registry.imports.models import Import, Row
from secretariat.registry.imports.reading import value_at
from secretariat.registry.imports.states import Outcome

# The jobs that go through the rows of an import.
CHECK, APPLY, UNDO = "imports.check", "imports.apply", "imports.undo"


class Run:
    """One pass over the rows of an import. It remembers what earlier rows were about."""

    def __init__(self, of: Import, importer: Importer, actor: Actor, now: datetime) -> None:
        self.of, self.importer, self.actor, self.now = of, importer, actor, now
        self.seen: dict[str, int] = {}

    def rows(self, rows: Sequence[tuple[int, list[str]]]) -> Iterator[Row]:
        """Do each row by itself: one that is refused leaves nothing behind."""
        for number, cells in rows:
            yield self._row(number, cells)

    def _row(self, number: int, cells: Sequence[str]) -> Row:
        row = Row(of=self.of, number=number, name=" ".join(filter(None, cells))[:80])
        try:
            values = self._values(cells)
            self._refuse_repeated(number, values)
            with transaction.atomic():
                done = self.importer.bring(values, actor=self.actor, now=self.now)
        except Refused as refused:
            return _refused(row, self._label(refused.key), str(refused))
        except ValidationError as refused:
            return _refused(row, "", " ".join(refused.messages))
        except (*REFUSALS, ObjectDoesNotExist) as refused:
            return _refused(row, "", str(refused))
        except (IntegrityError, DataError) as refused:
            return _refused(
                row, "", _("The record does not take this: %(why)s") % {"why": _first_line(refused)}
            )
        return _told(row, done)

    def _values(self, cells: Sequence[str]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for field in self.importer.fields:
            at = self.of.columns.get(field.key)
            text = value_at(cells, at) if at is not None else ""
            if field.is_required and not text:
                raise Refused(field.key, _("This must not be empty."))
            if at is None:
                continue
            try:
                values[field.key] = _read(field.kind, text, self.of.day_order)
            except ValueError as wrong:
                raise Refused(field.key, str(wrong)) from None
        return values

    def _refuse_repeated(self, number: int, values: Mapping[str, Any]) -> None:
        identity = self.importer.identity(values)
        if not identity:
            return
        if identity in self.seen:
            raise ValueError(_("Row %(number)s is about the same.") % {"number": self.seen[identity]})
        self.seen[identity] = number

    def _label(self, key: str) -> str:
        field = self.importer.field(key)
        return str(field.label) if field else key


def _read(kind: str, text: str, day_order: str) -> Any:
    if kind == "paragraphs":
        return text
    text = " ".join(text.split())
    if kind == "day":
        return read_day(text, day_order)
    if kind == "words":
        for sign in "、，;；":
            text = text.replace(sign, ",")
        return [word.strip() for word in text.split(",") if word.strip()]
    return text


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0][:200]


def _refused(row: Row, column: str, reason: str) -> Row:
    row.outcome, row.column, row.reason = Outcome.REFUSED, column, reason
    return row


def _told(row: Row, done: Done) -> Row:
    row.outcome, row.name, row.path = done.outcome, done.name[:300], done.path
    row.subject_id, row.memory = done.subject_id, dict(done.memory)
    row.changes = [list(change) for change in done.changes]
    return row
