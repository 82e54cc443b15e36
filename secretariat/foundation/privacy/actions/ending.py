"""The end of rows: what their holding says becomes of them, in the rows and in their history."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import JSONField, Model

from secretariat.foundation.audit.holdings import Holding, Subject
from secretariat.foundation.audit.models import Record
from secretariat.foundation.privacy.declarations import model_of


def end_rows(
    *, holding: Holding, rows: Collection[Any], now: datetime, subject: Subject | None = None
) -> int:
    """Erase what is personal in these rows (by primary key), and every value history keeps of them.

    What others have a part in loses only what names the subject. Returns how many rows were changed.
    """
    model = model_of(holding)
    found = model._default_manager.filter(pk__in=rows)
    if not rows or holding.at_end == "keep":
        return 0
    if holding.also:
        holding.also(found, now)
    if holding.at_end == "delete":
        found.delete()
    else:
        _empty(holding, model, rows, now, subject)
    _call("audit_erase_rows", model._meta.db_table, [str(row) for row in rows])
    return len(rows)


def erase_history(*, subject: Subject) -> None:
    """Erase every value that history keeps under this person, whatever row it was in."""
    for each in sorted(subject.people | subject.accounts):
        _call("audit_erase", each)


def _empty(
    holding: Holding, model: type[Model], rows: Collection[Any], now: datetime, subject: Subject | None
) -> None:
    found = model._default_manager.filter(pk__in=rows)
    pruned = holding.pruned(found, subject) if holding.pruned and subject else {}
    replaced = holding.replaced(now) if holding.replaced else {}
    if replaced:
        found.update(**replaced)
    if not (issubclass(model, Record) and model.audited):
        return
    personal = [model._meta.get_field(name) for name in holding.fields if name in model.personal_fields]
    personal = [field for field in personal if field.name not in replaced]
    shared = [field for field in personal if isinstance(field, JSONField)] if pruned else []
    if personal:
        _blank(model, [row for row in rows if row not in pruned], personal)
    if pruned and (rest := [field for field in personal if field not in shared]):
        _blank(model, list(pruned), rest)
    for row, keys in pruned.items():
        for field in shared:
            _call("audit_prune", model._meta.db_table, [row], field.column, keys)


def _blank(model: type[Model], rows: Collection[Any], fields: list[Any]) -> None:
    if rows:
        _call("audit_blank", model._meta.db_table, list(rows), [field.column for field in fields])


def _call(function: str, *arguments: Any) -> None:
    """One of the functions of foundation/audit/forgetting.py: the only way values of history leave."""
    marks = ", ".join(["%s"] * len(arguments))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}({marks})", arguments)
