from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_name
from django import template
from django.utils.dateformat import format as format_date
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from secretariat.foundation.ui import differences, drawing

register = template.Library()

DAY = {"zh": "Y年n月j日", "en": "j F Y"}
TIME = "H:i"


def _language() -> str:
    return "zh" if (get_language() or "en").startswith("zh") else "en"


def _order() -> tuple[str, str]:
    return ("zh", "en") if _language() == "zh" else ("en", "zh")


@register.filter
def text(thing: Any, field: str) -> str:
    """The ``field`` of a row or a mapping in the reader's language, or else in the other one.

    Both keep ``title_en`` beside ``title_zh``.
    """
    names = [f"{field}_{language}" for language in _order()]
    values = [thing.get(name) if isinstance(thing, dict) else getattr(thing, name, "") for name in names]
    return values[0] or values[1] or ""


@register.filter
def here(words: dict[str, str]) -> str:
    """A text given by language (``{"en": …, "zh": …}``) in the reader's language, or else in the other one."""
    first, second = _order()
    return words.get(first) or words.get(second) or ""


@register.filter
def day(value: date | None) -> str:
    """A day in words of the reader's language; empty without one."""
    return format_date(value, DAY[_language()]) if value else ""


@register.filter
def month(value: date) -> str:
    """A month in words of the reader's language."""
    return format_date(value, {"zh": "Y年n月", "en": "F Y"}[_language()])


@register.filter
def until(first: date, last: date | None) -> str:
    """The days from one to another, what they have in common said once: 8–10 November 2023."""
    if last is None or last == first:
        return day(first)
    if _language() == "zh":
        same = {True: "j日", False: "n月j日"}[last.month == first.month]
        return f"{day(first)}至{format_date(last, same if last.year == first.year else DAY['zh'])}"
    if last.year != first.year:
        return f"{day(first)} – {day(last)}"
    return (
        f"{first.day}–{day(last)}"
        if last.month == first.month
        else f"{format_date(first, 'j F')} – {day(last)}"
    )


@register.filter
def grouped(number: int) -> str:
    """A whole number with its thousands set apart."""
    return f"{number:,}"


@register.filter
def zone_name(zone: str) -> str:
    """A named time zone in the reader's language."""
    locale = "zh_Hans" if _language() == "zh" else "en_GB"
    return "UTC" if zone == "UTC" else get_timezone_name(zone, width="long", locale=locale)


@register.filter
def hour(value: datetime | None, zone: str = "UTC") -> str:
    """A moment in a named time zone, where the zone is said beside it."""
    if value is None:
        return ""
    local = value.astimezone(ZoneInfo(zone))
    return f"{format_date(local, DAY[_language()])} {format_date(local, TIME)}"


@register.filter
def moment(value: datetime | None, zone: str = "UTC") -> str:
    """A moment in a named time zone, with the zone's name in the reader's language."""
    if value is None:
        return ""
    local = value.astimezone(ZoneInfo(zone))
    locale = "zh_Hans" if _language() == "zh" else "en_GB"
    name = "UTC" if zone == "UTC" else get_timezone_name(local, width="long", locale=locale)
    return f"{hour(value, zone)} {name}"


@register.filter
def days_left(value: datetime, now: datetime) -> int:
    """Whole days until a moment, never less than none."""
    return max(0, (value - now).days)


@register.filter
def iso(value: date | datetime) -> str:
    return value.isoformat()


@register.filter
def short_digest(digest: str) -> str:
    """The first twelve digits of a digest, in groups of four: enough to compare by eye."""
    return " ".join(digest[start : start + 4] for start in (0, 4, 8))


@register.filter
def probability(value: float | None) -> str:
    """A probability in whole hundredths; what rounds to certainty says so without claiming it."""
    if value is None:
        return ""
    if value > 0.995:
        return _("over 99 %")
    if value < 0.005:
        return _("under 1 %")
    return _("%(number)d %%") % {"number": round(100 * value)}


@register.simple_tag
def digest(value: str) -> SafeString:
    """A digest in full, with a place to break in its middle."""
    half = len(value) // 2
    return format_html("{}<wbr>{}", value[:half], value[half:])


@register.simple_tag
def cloth(digest: str, side: int = 4) -> SafeString:
    """Draw the cloth of a digest; nothing for what is no digest."""
    return mark_safe(drawing.cloth_svg(digest, side))


@register.simple_tag
def dots(count: int, rows: int = 15, hollow: bool = False, pitch: int = drawing.PITCH) -> SafeString:
    """Draw one dot for each item."""
    return mark_safe(drawing.dots_svg(count, rows, hollow, pitch))


@register.simple_tag
def share_bar(share: float) -> SafeString:
    """Draw a share of a whole as a small bar."""
    return mark_safe(drawing.share_svg(share))


@register.simple_tag
def interval(entry: Any, line: Any) -> SafeString:
    """Draw a calibrated score (``low``, ``score``, ``high``) on the scale of its list (``low``, ``high``, ``line``)."""
    drawn = drawing.interval_svg(
        entry.low, entry.score, entry.high, line.line, (line.low, line.high), line.scores
    )
    return mark_safe(drawn)


@register.simple_tag
def diff(before: Any, after: Any) -> SafeString:
    """Show how one text became another: what went is struck out, what came is underlined."""
    pieces = differences.compare(str(before or ""), str(after or ""))
    marked = format_html_join("", "{}", ((_marked(kind, words),) for kind, words in pieces))
    return format_html('<div class="diff">{}</div>', marked)


def _marked(kind: str, words: str) -> SafeString | str:
    if kind == "same":
        return words
    tag, said = ("del", _("removed:")) if kind == "gone" else ("ins", _("added:"))
    return format_html('<{0}><span class="visually-hidden">{1} </span>{2}</{0}>', mark_safe(tag), said, words)
