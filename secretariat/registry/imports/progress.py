"""How far a running import is, told by a connection of its own: nobody sees inside a transaction before its end."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections

EVERY = 100
TELL = """
INSERT INTO imports_progress (import_id, done, total) VALUES (%s, %s, %s)
ON CONFLICT (import_id) DO UPDATE SET done = excluded.done, total = excluded.total
"""


class Teller:
    """Writes how many rows are done, now and then."""

    def __init__(self, connection: object, key: UUID, total: int) -> None:
        self.connection, self.key, self.total, self.done = connection, key, total, 0

    def one_more(self) -> None:
        self.done += 1
        if self.done % EVERY == 0:
            self.tell()

    def tell(self) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(TELL, [self.key, self.done, self.total])


@contextmanager
def telling(key: UUID, total: int) -> Iterator[Teller]:
    """Tell how far it is while the block runs; nothing of it stays afterwards."""
    connection = connections.create_connection(DEFAULT_DB_ALIAS)
    teller = Teller(connection, key, total)
    try:
        teller.tell()
        yield teller
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM imports_progress WHERE import_id = %s", [key])
        connection.close()
