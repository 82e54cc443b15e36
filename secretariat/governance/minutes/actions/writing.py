from datetime import datetime

from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, require, require_state
from secretariat.foundation.audit import actions as audit
from secretariat.governance.meetings.models import Meeting
from secretariat.governance.minutes import rules
from secretariat.governance.minutes.actions.locking import keep_version, locked, rewrite
from secretariat.governance.minutes.drafting import draft_of
from secretariat.governance.minutes.logic import Drafted
from secretariat.governance.minutes.models import Minutes, Paragraph, ParagraphVersion
from secretariat.governance.minutes.states import Source
from secretariat.registry.refs.actions import next_number, register_ref


class MinutesConflict(ValueError):
    """Somebody else has changed the paragraph since it was opened."""


def draft_minutes(*, meeting: Meeting, actor: Actor, now: datetime) -> Minutes:
    """Draft the minutes of a closed meeting from its record, or draft them again.

    Drafted again, a paragraph that somebody has edited stays as it is; what the record tells now is kept among its
    versions.
    """
    require(rules.can_keep(actor, meeting.body), _("draft these minutes"))
    with audit.act("minutes_drafted", actor=actor, now=now) as act:
        meeting = (
            Meeting.objects.select_for_update(of=("self",)).select_related("ref", "body").get(pk=meeting.pk)
        )
        require_state(meeting.state, ["closed"], _("Drafting the minutes"))
        found = Minutes.objects.filter(meeting=meeting).first()
        minutes = locked(found, ["draft"], _("Drafting the minutes again")) if found else _begin(meeting, now)
        minutes.meeting = meeting
        there = {(row.key, row.language): row for row in Paragraph.objects.filter(minutes=minutes)}
        latest = _latest_drafts(minutes)
        places: dict[str, int] = {}
        for drafted in draft_of(meeting):
            place = places.setdefault(drafted.key, len(places) + 1)
            row = there.get((drafted.key, drafted.language))
            if row is None:
                _write(minutes, drafted, place, actor, now)
            else:
                _write_again(row, drafted, place, latest.get(row.pk), actor, now)
        act.on(minutes, again=found is not None)
    return minutes


def edit_paragraph(*, paragraph: Paragraph, text: str, seen: int, actor: Actor, now: datetime) -> Paragraph:
    """Write a paragraph otherwise. ``seen`` is the revision that was read.

    Raises:
        MinutesConflict: somebody else has changed it since.
    """
    require(rules.can_keep(actor, paragraph.minutes.meeting.body), _("edit these minutes"))
    with audit.act("minutes_edited", actor=actor, now=now) as act:
        minutes = locked(paragraph.minutes, ["draft", "circulated"], _("Editing the minutes"))
        paragraph = Paragraph.objects.get(pk=paragraph.pk)
        paragraph.minutes = minutes
        if paragraph.revision != seen:
            raise MinutesConflict(
                _("Somebody else has changed this paragraph meanwhile. Read it again first.")
            )
        rewrite(paragraph, text, Source.EDITED, actor, now)
        act.on(minutes, paragraph=paragraph.pk)
    return paragraph


def _begin(meeting: Meeting, now: datetime) -> Minutes:
    title = {"en": f"Minutes: {meeting.title_en}", "zh": f"会议记录：{meeting.title_zh}"}
    number = next_number(f"MIN-{meeting.day.year}")
    ref = register_ref(kind="minutes", number=number, title=title, state="draft")
    return Minutes.objects.create(ref=ref, meeting=meeting, drafted_at=now)


def _latest_drafts(minutes: Minutes) -> dict[object, str]:
    """Return what each paragraph read when it was last drafted."""
    rows = ParagraphVersion.objects.filter(paragraph__minutes=minutes, source=Source.DRAFTED).order_by(
        "number"
    )
    return dict(rows.values_list("paragraph", "text"))


def _write(minutes: Minutes, drafted: Drafted, place: int, actor: Actor, now: datetime) -> None:
    row = Paragraph.objects.create(
        minutes=minutes, item=drafted.item, key=drafted.key, language=drafted.language, position=place,
        number=drafted.number, heading=drafted.heading, text=drafted.text,
    )  # fmt: skip
    keep_version(row, drafted.text, Source.DRAFTED, actor, now)


def _write_again(
    row: Paragraph, drafted: Drafted, place: int, latest: str | None, actor: Actor, now: datetime
) -> None:
    row.position, row.number, row.heading = place, drafted.number, drafted.heading
    if not row.is_edited and row.text != drafted.text:
        row.text, row.revision = drafted.text, row.revision + 1
    row.save(update_fields=["position", "number", "heading", "text", "revision"])
    if latest != drafted.text:
        keep_version(row, drafted.text, Source.DRAFTED, actor, now)
