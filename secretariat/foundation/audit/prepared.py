"""Statements that are asked again and again: the database plans them once for a connection, not at every asking."""

from typing import Any

from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor


class PreparingCursor(ServerBindingCursor):
    """Says which statement was asked once its plan is kept, too: psycopg then names the plan alone."""

    def _send_query_prepared(self, name: bytes, pgq: Any, **how: Any) -> None:
        self._query = pgq
        super()._send_query_prepared(name, pgq, **how)


def prepared_cursor() -> Any:
    """Return a cursor that sends values apart from their statement, so that its plan can be kept.

    Django's own puts values into the text. Values need types the database can tell: write ``%(on)s::date``. The
    option ``prepare_threshold`` of the connection says how often a statement is asked before its plan is kept.
    """
    connection.ensure_connection()
    return connection._prepare_cursor(PreparingCursor(connection.connection))
