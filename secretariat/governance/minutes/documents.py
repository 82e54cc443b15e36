"""Minutes and resolutions as documents, in the language that is asked for."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from django.utils import translation
from django.utils.timezone import now as this_moment
from django.utils.translation import gettext as _

from secretariat.engines.typesetting.word import Paper, WordPaper
from secretariat.foundation.notices.brand import brand
from secretariat.foundation.ui.templatetags.ui import day, hour
from secretariat.governance.ballots.models import Ballot
from secretariat.governance.ballots.showing import number
from secretariat.governance.meetings.documents import LANGUAGES, meeting_facts
from secretariat.governance.meetings.models import Attendance
from secretariat.governance.meetings.queries import ballots_by_item
from secretariat.governance.minutes.models import Minutes, Paragraph, Resolution
from secretariat.governance.minutes.showing import decided_how
from secretariat.governance.minutes.tables import standing_words
from secretariat.record.tasks.models import Task


def minutes_document(minutes: Minutes, seen: Sequence[Paragraph], language: str) -> bytes:
    """Return minutes with tables of attendance and votes. ``seen`` are the paragraphs the reader may see."""
    meeting, own = minutes.meeting, [row for row in seen if row.language == language]
    with translation.override(LANGUAGES[language]):
        title = _("Minutes: %(meeting)s") % {"meeting": meeting.title_in(language)}
        made_at = minutes.adopted_at or minutes.circulated_at or minutes.drafted_at
        word = WordPaper(Paper(title, language, brand().name, minutes.ref.number, made_at))
        word.facts([*meeting_facts(meeting, language), *_state(minutes)])
        if minutes.state != "adopted":
            word.text(_("Not adopted yet: corrections may still be asked for."), note=True)
        for row in own:
            word.heading(" ".join(filter(None, [row.number, row.heading])))
            word.text(row.text or "–")
        _attendance(word, minutes)
        _votes(word, minutes, own, language)
        return word.data()


def _state(minutes: Minutes) -> list[tuple[str, str]]:
    if minutes.state != "adopted":
        return [(_("State"), str(minutes.get_state_display()))]
    adopted = f"{hour(minutes.adopted_at, minutes.meeting.zone)}, {decided_how(minutes)}"
    return [(_("Adopted"), adopted), (_("Digest"), minutes.digest)]


def _attendance(word: WordPaper, minutes: Minutes) -> None:
    rows = Attendance.objects.filter(meeting=minutes.meeting).select_related("person")
    zone = minutes.meeting.zone
    lines = [
        [str(row.person), str(row.get_mode_display()), hour(row.arrived_at, zone), hour(row.left_at, zone)]
        for row in rows.order_by("person__sort_key", "arrived_at", "pk")
    ]
    if lines:
        word.heading(_("Table of attendance"))
        word.table([_("Name"), _("How"), _("From"), _("Until")], lines)


def _votes(word: WordPaper, minutes: Minutes, own: Sequence[Paragraph], language: str) -> None:
    """Write the votes on the items the reader sees."""
    ballots = ballots_by_item(minutes.meeting)
    lines = [_vote(row, ballot, language) for row in own for ballot in ballots.get(row.item_id, ())]
    if lines:
        word.heading(_("Table of votes"))
        head = [_("Item"), _("Ballot"), _("Question"), _("Yes"), _("No"), _("Abstentions"), _("Outcome")]
        word.table(head, lines)


def _vote(row: Paragraph, ballot: Ballot, language: str) -> list[str]:
    result: Any = getattr(ballot, "result", None)
    counted = [_said(result, name) for name in ("yes", "no", "abstain")]
    outcome = result.get_outcome_display() if result else ballot.get_state_display()
    return [row.number, ballot.ref.number, ballot.question_in(language), *counted, str(outcome)]


def _said(result: Any, name: str) -> str:
    return number(Fraction(getattr(result, name))) if result else "–"


def resolution_document(resolution: Resolution, actions: Sequence[Task], language: str) -> bytes:
    """Return a resolution: its text in both languages, that of the paper first, how it was decided and its actions."""
    other = "en" if language == "zh" else "zh"
    with translation.override(LANGUAGES[language]):
        at = resolution.published_at or resolution.ballot.ended_at or this_moment()
        word = WordPaper(Paper(_title(resolution, language), language, brand().name, resolution.code, at))
        result = resolution.ballot.result
        votes = ", ".join(f"{label} {_said(result, name)}" for name, label in (
            ("yes", _("Yes")), ("no", _("No")), ("abstain", _("Abstentions"))
        ))  # fmt: skip
        word.facts([
            (_("Number"), resolution.code), (_("Body"), resolution.body.name_in(language)),
            (_("Adopted on"), day(resolution.adopted_on)),
            (_("Decided by"), f"{resolution.ballot.ref.number} ({resolution.ballot.get_method_display()}): {votes}"),
            (_("State"), standing_words(resolution)), (_("Digest"), resolution.digest),
        ])  # fmt: skip
        word.heading(_("Text"))
        word.text(_text(resolution, language))
        word.heading(_title(resolution, other), 2)
        word.text(_text(resolution, other), language=other)
        if actions:
            word.heading(_("Actions"))
            word.table(
                [_("Action"), _("Owner"), _("Due on"), _("State"), _("What came of it")],
                [
                    [
                        each.title,
                        str(each.owner or ""),
                        day(each.due_on),
                        str(each.get_state_display()),
                        each.outcome,
                    ]
                    for each in actions
                ],
            )
        return word.data()


def _title(resolution: Resolution, language: str) -> str:
    return resolution.title_zh if language == "zh" else resolution.title_en


def _text(resolution: Resolution, language: str) -> str:
    return resolution.text_zh if language == "zh" else resolution.text_en
