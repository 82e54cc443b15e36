from datetime import datetime
from uuid import uuid5

from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, require, require_state
from secretariat.foundation.audit import actions as audit
from secretariat.foundation.notices.actions import tell
from secretariat.governance.ballots.electorate import in_words
from secretariat.governance.minutes import rules
from secretariat.governance.minutes.actions.locking import locked, rewrite
from secretariat.governance.minutes.models import Correction, Minutes, Paragraph, Reading
from secretariat.governance.minutes.queries import paragraphs_seen_by
from secretariat.governance.minutes.states import CorrectionState, Source


def propose_correction(
    *, paragraph: Paragraph, text: str, reason: str = "", actor: Actor, now: datetime
) -> Correction:
    """Propose other words for a paragraph, as somebody who was at the meeting."""
    minutes = paragraph.minutes
    require(rules.can_correct(actor, minutes.meeting), _("propose a correction of these minutes"))
    seen = {row.pk for row in paragraphs_seen_by(actor, minutes)}
    require(paragraph.pk in seen, _("propose a correction of this paragraph"))
    with audit.act("minutes_correction_proposed", actor=actor, now=now) as act:
        minutes = locked(minutes, ["circulated"], _("Correcting the minutes"))
        if not text.strip() or text.strip() == paragraph.text:
            raise ValueError(_("Say how the paragraph should read instead."))
        row = Correction.objects.create(
            paragraph=paragraph, person_id=actor.person_id, text=text.strip(), reason=reason, proposed_at=now
        )
        act.on(minutes, paragraph=paragraph.pk)
    return row


def mark_read(*, minutes: Minutes, actor: Actor, now: datetime) -> Reading:
    """Say that one has read the minutes and wants nothing in them to read otherwise."""
    require(rules.can_correct(actor, minutes.meeting), _("say that you have read these minutes"))
    with audit.act("minutes_read", actor=actor, now=now) as act:
        minutes = locked(minutes, ["circulated"], _("Reading the minutes"))
        found = Reading.objects.filter(minutes=minutes, person=actor.person_id).first()
        row = found or Reading.objects.create(minutes=minutes, person_id=actor.person_id, at=now)
        act.on(minutes)
    return row


def take_correction(*, correction: Correction, answer: str = "", actor: Actor, now: datetime) -> Correction:
    """Take a correction: the paragraph reads as it was proposed."""
    return _answer(correction, CorrectionState.TAKEN, answer, actor, now)


def refuse_correction(*, correction: Correction, reason: str, actor: Actor, now: datetime) -> Correction:
    """Refuse a correction, with the reason."""
    return _answer(correction, CorrectionState.REFUSED, reason, actor, now)


def _answer(correction: Correction, state: str, answer: str, actor: Actor, now: datetime) -> Correction:
    minutes = correction.paragraph.minutes
    require(rules.can_keep(actor, minutes.meeting.body), _("answer corrections of these minutes"))
    taken = state == CorrectionState.TAKEN
    verb = "minutes_correction_taken" if taken else "minutes_correction_refused"
    with audit.act(verb, actor=actor, now=now) as act:
        minutes = locked(minutes, ["circulated"], _("Answering a correction"))
        correction = Correction.objects.select_related("person").get(pk=correction.pk)
        require_state(correction.state, ["proposed"], _("Answering a correction"))
        if not taken and not answer.strip():
            raise ValueError(_("A correction is refused with a reason."))
        correction.state, correction.answer, correction.answered_at = state, answer, now
        correction.save(update_fields=["state", "answer", "answered_at"])
        paragraph = Paragraph.objects.get(pk=correction.paragraph_id)
        paragraph.minutes, correction.paragraph = minutes, paragraph
        if taken:
            rewrite(paragraph, correction.text, Source.CORRECTED, actor, now)
        act.on(minutes, paragraph=paragraph.pk)
        _tell(minutes, correction, now)
    return correction


def _tell(minutes: Minutes, correction: Correction, now: datetime) -> None:
    account = correction.person.account_id
    tell(
        accounts=[account] if account else [], kind="minutes_correction_answered",
        subject_id=uuid5(minutes.pk, str(correction.pk)), now=now, number=minutes.ref.number,
        meeting={"en": minutes.meeting.title_en, "zh": minutes.meeting.title_zh},
        outcome=in_words(lambda: str(CorrectionState(correction.state).label)), answer=correction.answer,
    )  # fmt: skip
