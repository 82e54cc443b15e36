"""Statements that are asked again and again: the database plans them once for a connection, not at every asking."""

from typing import Any

from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor


def prepared_cursor() -> Any:
    """Return a cursor that sends values apart from their statement, so that its plan can be kept.

    Django's own puts values into the text. Values need types the database can tell: write ``%(on)s::date``. Where the
    option ``prepare_threshold`` is not set (a pooler that lends a connection for one transaction), nothing is kept.
    """
    connection.ensure_connection()
    return connection._prepare_cursor(ServerBindingCursor(connection.connection))
