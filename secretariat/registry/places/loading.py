"""How tables that a profile describes are kept equal to it."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


def keep_in_line(rows: QuerySet[Row], key: str, wanted: Mapping[str, Mapping[str, Any]]) -> dict[str, Row]:
    """Make the rows equal to what is wanted by key; return them all by key. Rows not named stay as they are.

    Only what differs is written, so a second run writes nothing. Called inside an act. One statement to read, one
    to add, one to change.
    """
    found = {getattr(row, key): row for row in rows.select_for_update()}
    changed, fields = [], set()
    for name, values in wanted.items():
        row = found.get(name)
        differing = [f for f, value in values.items() if row is not None and getattr(row, f) != value]
        for field in differing:
            setattr(row, field, values[field])
        if differing:
            changed.append(row)
            fields.update(differing)
    new = [rows.model(**{key: name}, **values) for name, values in wanted.items() if name not in found]
    if new:
        rows.model.objects.bulk_create(new)
    if changed:
        rows.model.objects.bulk_update(changed, sorted(fields))
    return found | {getattr(row, key): row for row in new}
