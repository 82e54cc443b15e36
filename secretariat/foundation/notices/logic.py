import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

LANGUAGES = {"en", "zh"}


def message_id(row: UUID, host: str) -> str:
    """Return the Message-ID of a mail: that of its row, the same however often it is sent."""
    return f"<{row.hex}@{host}>"


def row_of(identifier: str) -> UUID | None:
    """Return the row a Message-ID of ours was made from; none for any other."""
    left = identifier.strip().strip("<>").partition("@")[0]
    try:
        return UUID(hex=left) if len(left) == 32 else None
    except ValueError:
        return None


def by_language(value: Any, language: str) -> Any:
    """Return a value told by language (``{"en": …, "zh": …}``) in the reader's, or else in another."""
    if not isinstance(value, Mapping) or not value or not set(value) <= LANGUAGES:
        return value
    first = "zh" if language.startswith("zh") else "en"
    return value.get(first) or next((text for text in value.values() if text), "")


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text, which empty lines divide."""
    return [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]


def blocks(text: str) -> list[str]:
    """Return the paragraphs of a text that somebody typed; the ends of its lines stay, however they were sent."""
    lines = [line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return [part.strip() for part in re.split(r"\n{2,}", "\n".join(lines)) if part.strip()]


def known_zone(name: str) -> ZoneInfo:
    """Return the time zone of a name, or UTC for one that nobody knows any more."""
    return ZoneInfo(name) if name in available_timezones() else ZoneInfo("UTC")


def digest_day(now: datetime, zone: str, hour: int) -> date | None:
    """Return the reader's day for which the digest is due by now; none before its hour."""
    local = now.astimezone(known_zone(zone))
    return local.date() if local.time() >= time(hour) else None


def zones_by_region() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the time zones there are, grouped as a list of choices wants them."""
    regions: dict[str, list[tuple[str, str]]] = {}
    for name in sorted(available_timezones()):
        region, slash, rest = name.partition("/")
        if slash and region not in {"Etc", "SystemV", "US"}:
            regions.setdefault(region, []).append((name, rest.replace("_", " ")))
    return [("UTC", [("UTC", "UTC")]), *sorted(regions.items())]


def retry_waits(hours: int = 24) -> list[int]:
    """Return the waits before a mail is tried again, in seconds: doubling from a minute, about so many hours in all."""
    waits, limit = [60], timedelta(hours=hours).total_seconds()
    while sum(waits) < limit:
        waits.append(min(2 * waits[-1], 4 * 3600))
    return waits
