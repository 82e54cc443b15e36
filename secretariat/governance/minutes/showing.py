"""Minutes as pages draw them: section by section in both languages, with what is to be said differently."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from secretariat.foundation.ui.templatetags.ui import day, hour
from secretariat.governance.minutes.models import Correction, Minutes, Paragraph


@dataclass
class Section:
    """What the minutes say about one thing: a paragraph in each language, with the corrections of it."""

    key: str
    number: str
    paragraphs: list[Paragraph] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)

    @property
    def heading(self) -> str:
        """Its heading in the reader's language."""
        wanted = "zh" if (get_language() or "en").startswith("zh") else "en"
        words = {row.language: row.heading for row in self.paragraphs}
        return words.get(wanted) or next(iter(words.values()), "")

    @property
    def waiting(self) -> list[Correction]:
        return [row for row in self.corrections if row.state == "proposed"]

    @property
    def answered(self) -> list[Correction]:
        return [row for row in self.corrections if row.state != "proposed"]


def sections_of(paragraphs: Sequence[Paragraph], corrections: Sequence[Correction]) -> list[Section]:
    """Return minutes section by section, in their order."""
    found: dict[str, Section] = {}
    for row in paragraphs:
        found.setdefault(row.key, Section(row.key, row.number)).paragraphs.append(row)
    keys = {row.pk: row.key for row in paragraphs}
    for each in corrections:
        if each.paragraph_id in keys:
            found[keys[each.paragraph_id]].corrections.append(each)
    return list(found.values())


def steps_of(minutes: Minutes) -> list[dict[str, Any]]:
    """Return the way of minutes for the stepper: drafted, circulated, adopted."""
    zone, order = minutes.meeting.zone, ("draft", "circulated", "adopted")
    at = order.index(minutes.state)
    until = ""
    if minutes.state == "circulated":
        until = _("until %(moment)s") % {"moment": hour(minutes.silence_ends_at, zone)}
    labels = [
        (pgettext("minutes", "Drafted"), day(minutes.drafted_at)),
        (pgettext("minutes", "Circulated"), until or (minutes.circulated_at and day(minutes.circulated_at))),
        (pgettext("minutes", "Adopted"), minutes.adopted_at and day(minutes.adopted_at)),
    ]
    return [
        {
            "label": label, "note": note or "",
            "state": "done" if place < at or minutes.state == "adopted" else "current" if place == at else "coming",
        }
        for place, (label, note) in enumerate(labels)
    ]  # fmt: skip


def decided_how(minutes: Minutes) -> str:
    """Return how minutes were adopted, in words."""
    if minutes.adopting is None:
        return str(minutes.get_adopted_how_display())
    told = {"meeting": minutes.adopting.ref.number, "ballot": minutes.ballot and minutes.ballot.ref.number}
    if minutes.ballot is None:
        return _("at the meeting %(meeting)s") % told
    return _("at the meeting %(meeting)s, by the ballot %(ballot)s") % told
