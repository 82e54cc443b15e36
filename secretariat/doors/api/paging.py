"""Long lists in pages. A cursor names the last row that was read, so rows that come in meanwhile move nothing."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from django.core import signing
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from secretariat.doors.api.problems import invalid

MOST, USUAL = 200, 50
# Names of an ordering; a minus means that it falls.
Keys = Sequence[str]


def page_of(
    rows: QuerySet[Any],
    keys: Keys,
    *,
    after: str,
    limit: int,
    shape: Callable[[Any], Any],
    salt: str,
    prepare: Callable[[list[Any]], None] | None = None,
) -> dict[str, Any]:
    """Return a page of rows in the order of ``keys``, and the cursor that leads on; empty at the end.

    The keys together must tell every two rows apart, and none of them may be empty. ``prepare`` loads for all rows
    of the page at once what no join gives.
    """
    names = [key.removeprefix("-") for key in keys]
    rows = rows.order_by(*keys)
    if after:
        rows = rows.filter(_beyond(keys, _read(after, salt, len(keys))))
    found = list(rows[: limit + 1])
    more = found[limit:]
    if prepare:
        prepare(found[:limit])
    values = [_plain(_value(found[limit - 1], name)) for name in names] if more else []
    return {
        "items": [shape(row) for row in found[:limit]],
        "next": signing.dumps(values, salt=f"api:{salt}") if more else "",
    }


def _beyond(keys: Keys, values: Sequence[Any]) -> Q:
    """The condition that a row comes after the one with these values."""
    condition, same = Q(), {}
    for key, value in zip(keys, values, strict=True):
        name = key.removeprefix("-")
        further = {f"{name}__lt" if key.startswith("-") else f"{name}__gt": value}
        condition |= Q(**same, **further)
        same[name] = value
    return condition


def _read(cursor: str, salt: str, length: int) -> list[Any]:
    try:
        values = signing.loads(cursor, salt=f"api:{salt}")
    except signing.BadSignature:
        values = []
    if len(values) != length:
        raise invalid("after", "cursor", _("This is not a cursor of this list."))
    return values


def _value(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name)
    return row


def _plain(value: Any) -> Any:
    return (
        value.isoformat()
        if isinstance(value, date | datetime)
        else value
        if isinstance(value, int)
        else str(value)
    )
