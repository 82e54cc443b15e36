import json
from collections.abc import Iterable
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
    ring_all([channel], **ids)


def ring_all(channels: Iterable[str], **ids: Any) -> None:
    """Ring on several channels, in one statement however many they are."""
    said = {name: str(value) for name, value in ids.items()}
    payloads = [json.dumps({"channel": channel, **said}) for channel in channels]
    if too_long := [payload for payload in payloads if len(payload) > LIMIT]:
        raise ValueError(f"A ring of {len(too_long[0])} bytes is too long: ring with ids only.")
    if payloads:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_notify(%s, payload) FROM unnest(%s::text[]) AS payload",
                [DATABASE_CHANNEL, payloads],
            )
