"""Notices in words: for the inbox, for mail as text and as HTML, each in its reader's language and time zone."""

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from secretariat.foundation.notices.brand import brand
from secretariat.foundation.notices.kinds import Group, Kind, find_kind, group_of
from secretariat.foundation.notices.logic import by_language, known_zone, paragraphs
from secretariat.foundation.notices.models import Notice
from secretariat.foundation.ui.templatetags.ui import day, moment

WIDTH = 72


@dataclass(frozen=True)
class Said:
    """A notice in words. ``path`` is where to go, relative to the site."""

    subject: str
    paragraphs: list[str]
    path: str
    action: str
    is_decision: bool


@dataclass(frozen=True)
class Letter:
    """A mail as it goes out."""

    subject: str
    text: str
    html: str


def say(kind: Kind, data: Mapping[str, Any], subject_id: UUID, zone: str) -> Said:
    """Put a notice into words of the active language."""
    values = {name: _value(kind, name, value, zone) for name, value in data.items()}
    values["subject_id"] = str(subject_id)
    return Said(
        subject=" ".join((str(kind.subject) % values).split()),
        paragraphs=paragraphs(str(kind.text) % values),
        path=kind.path % values,
        action=str(kind.action) if kind.path else "",
        is_decision=kind.urgency == "decision",
    )


def _value(kind: Kind, name: str, value: Any, zone: str) -> Any:
    if name in kind.times and value:
        return moment(datetime.fromisoformat(value), known_zone(zone).key)
    if name in kind.days and value:
        return day(date.fromisoformat(value))
    return by_language(value, get_language() or "en")


def say_notice(notice: Notice, zone: str) -> Said:
    """Put a notice into words; one whose kind nobody declares any more says only what it was about."""
    try:
        return say(find_kind(notice.kind), notice.data, notice.subject_id, zone)
    except (LookupError, ValueError):
        return Said(
            subject=notice.kind.replace("_", " "), paragraphs=[], path="", action="", is_decision=False
        )


def absolute(path: str) -> str:
    """Return the address under which readers reach a path of the site."""
    return settings.SITE_URL.rstrip("/") + path


def letter_of(said: Said, path: str, why: str, kind: Kind | None = None, stop: str = "") -> Letter:
    """Set a notice as a mail. ``path`` leads to it, ``why`` says why it came, ``stop`` is where to switch it off."""
    context = {
        "said": said, "url": absolute(path) if path else "", "action": said.action or _("Open it"), "why": why,
        "stop": absolute(stop) if stop else "", "brand": brand(), "middle": kind.html if kind else "",
    }  # fmt: skip
    return Letter(
        _headline(said.subject, context),
        _text([said], context),
        render_to_string("notices/mail.html", context),
    )


def digest_of(said: Sequence[tuple[Said, str]], day_told: date, stop: str) -> Letter:
    """Set the notices of a day as one mail; each comes with the path that leads to it."""
    subject = _("Your notices of %(day)s") % {"day": day(day_told)}
    why = _("You chose to have these notices by mail once a day.")
    items = [{"said": one, "url": absolute(path)} for one, path in said]
    context = {
        "subject": subject, "items": items, "why": why, "stop": absolute(stop), "brand": brand(), "url": "",
    }  # fmt: skip
    parts = [_plain(item["said"], item["url"]) for item in items]
    text = f"\n\n{'-' * 12}\n\n".join(parts)
    return Letter(
        _headline(subject, context), _framed(text, context), render_to_string("notices/digest.html", context)
    )


def _headline(subject: str, context: Mapping[str, Any]) -> str:
    marked = context["brand"].simulated
    return f"[{marked}] {subject}" if marked else subject


def _text(said: Sequence[Said], context: Mapping[str, Any]) -> str:
    return _framed("\n\n".join(_plain(one, context["url"]) for one in said), context)


def _plain(said: Said, url: str) -> str:
    lines = [said.subject, *said.paragraphs]
    if url:
        lines.append(f"{said.action or _('Open it')}:\n{url}")
    return "\n\n".join(_wrapped(line) for line in lines)


def _wrapped(paragraph: str) -> str:
    return "\n".join(
        textwrap.fill(line, WIDTH, break_long_words=False, break_on_hyphens=False)
        for line in paragraph.split("\n")
    )


def _framed(text: str, context: Mapping[str, Any]) -> str:
    head = context["brand"].name + (f" - {context['brand'].simulated}" if context["brand"].simulated else "")
    foot = [_wrapped(context["why"])]
    if context["stop"]:
        foot.append(f"{_('Change what you get by mail:')}\n{context['stop']}")
    return f"{head}\n{'=' * min(len(head), WIDTH)}\n\n{text}\n\n-- \n" + "\n".join(foot) + "\n"


def path_of(notice_id: UUID) -> str:
    """Return the path that opens a notice and leads on to what it is about."""
    return reverse("my_notices:open", args=[notice_id])


def preferences_path() -> str:
    """Return the path of the page where a reader chooses what she gets by mail."""
    return reverse("my_notices:preferences")


def sample_letter(kind: Kind) -> Letter:
    """Set a kind as a mail with its made-up values, in the active language."""
    said = say(kind, kind.sample, UUID(int=0), "UTC")
    group = group_of(kind)
    stop = "" if group.mandatory else preferences_path()
    return letter_of(said, said.path, why_told(group), kind, stop)


def why_told(group: Group) -> str:
    """Say why a mail came."""
    return _("You are told this as part of: %(group)s.") % {"group": group.label}
