"""The notice of a meeting with its agenda, as a document."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from secretariat.engines.typesetting.word import MEDIA_TYPE, Paper, WordPaper
from secretariat.foundation.notices.brand import brand
from secretariat.foundation.ui.templatetags.ui import moment, zone_name
from secretariat.governance.meetings.models import Meeting
from secretariat.governance.meetings.showing import Row

# What an address says, and what the language is called where texts are kept and where they are read.
LANGUAGES = {"en": "en", "zh": "zh-hans"}


def notice_document(meeting: Meeting, rows: Sequence[Row], language: str, now: datetime) -> bytes:
    """Return the notice of a meeting with the items and papers that the reader sees."""
    with translation.override(LANGUAGES[language]):
        title = _("Notice of meeting: %(meeting)s") % {"meeting": meeting.title_in(language)}
        word = WordPaper(Paper(title, language, brand().name, meeting.ref.number, meeting.convened_at or now))
        word.facts(meeting_facts(meeting, language))
        if meeting.short_notice:
            word.text(_("Called at short notice: %(reason)s") % {"reason": meeting.short_notice}, note=True)
        word.heading(_("Agenda"))
        if rows:
            word.table(
                [_("Item"), _("Title"), _("Purpose"), _("Papers")], [_line(row, language) for row in rows]
            )
        else:
            word.text(_("The agenda is not there yet."), note=True)
        return word.data()


def meeting_facts(meeting: Meeting, language: str) -> list[tuple[str, str]]:
    """Return which meeting it is, as names and values."""
    facts = [
        (_("Body"), meeting.body.name_in(language)), (_("Number"), meeting.ref.number),
        (_("Begins"), f"{moment(meeting.starts_at, meeting.zone)} ({zone_name(meeting.zone)})"),
        (_("How"), str(meeting.get_how_display())), (_("Place"), meeting.place),
    ]  # fmt: skip
    return [(name, value) for name, value in facts if value]


def _line(row: Row, language: str) -> list[str]:
    papers = [
        f"{row.item.meeting.ref.number}/{paper.number} {paper.title_zh if language == 'zh' else paper.title_en}"
        for paper in row.papers
        if not paper.withdrawn
    ]
    return [
        row.line.number,
        row.item.title_in(language),
        str(row.item.get_purpose_display()),
        "\n".join(papers),
    ]


def download(made: Any, number: str, language: str) -> HttpResponse:
    """Answer with a document; ``made`` makes it. There is none in a language that nobody writes in."""
    if language not in LANGUAGES:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{number}-{language}.docx"'}
    return HttpResponse(made(), content_type=MEDIA_TYPE, headers=headers)
