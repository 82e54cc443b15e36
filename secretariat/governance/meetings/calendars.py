"""A meeting as an iCalendar file (RFC 5545), for the reader's own calendar."""

from datetime import UTC, datetime

from secretariat.governance.meetings.models import Meeting

TYPE = "text/calendar; charset=utf-8"
STATUS = {"cancelled": "CANCELLED", "planned": "TENTATIVE"}
LONGEST = 75  # octets of a line


def calendar_of(meeting: Meeting, *, url: str, language: str, now: datetime, link: str = "") -> bytes:
    """Return the file. ``link`` is where whoever attends at a distance comes in; it is given to members alone."""
    body = meeting.body.name_in(language)
    where = ", ".join(filter(None, [meeting.place, link]))
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Secretariat//Meetings//EN", "METHOD:PUBLISH", "BEGIN:VEVENT",
        f"UID:{meeting.pk}@{url.partition('://')[2].partition('/')[0]}",
        f"DTSTAMP:{_moment(now)}", f"DTSTART:{_moment(meeting.starts_at)}", f"DTEND:{_moment(meeting.ends_at)}",
        f"SUMMARY:{_text(f'{body}: {meeting.title_in(language)}')}", f"URL:{url}",
        f"STATUS:{STATUS.get(meeting.state, 'CONFIRMED')}",
        *([f"LOCATION:{_text(where)}"] if where else []),
        "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r\n", "\\n").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Break a line that is too long; no character is cut in two."""
    parts, part = [], ""
    for sign in line:
        if len((part + sign).encode()) > LONGEST - (1 if parts else 0):
            parts.append(part)
            part = ""
        part += sign
    return "\r\n ".join([*parts, part])
