import json
from typing import Any

from django.db import connection

from secretariat.foundation.live.stream import DATABASE_CHANNEL

LIMIT = 7999  # bytes; PostgreSQL takes no longer payload


def ring(channel: str, **ids: Any) -> None:
    """Tell whoever hears the channel that something moved, once the transaction commits.

    ``ids`` are numbers and identifiers, never content: what a reader may see is decided when she asks for it.

    Raises:
        ValueError: the payload is longer than a notification can be.
    """
    payload = json.dumps({"channel": channel, **{name: str(value) for name, value in ids.items()}})
    if len(payload) > LIMIT:
        raise ValueError(f"A ring of {len(payload)} bytes is too long: ring with ids only.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [DATABASE_CHANNEL, payload])
