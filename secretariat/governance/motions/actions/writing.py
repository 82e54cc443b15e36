"""Writing a motion and bringing it before the body."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, WrongState, require
from secretariat.foundation.audit import actions as audit
from secretariat.governance.bodies.models import Body
from secretariat.governance.motions import queries, rules
from secretariat.governance.motions.actions.keeping import back, freeze, lead, locked, tell_people
from secretariat.governance.motions.logic import Paragraph
from secretariat.governance.motions.models import Motion, Version
from secretariat.governance.motions.states import Kind, Part, Stage
from secretariat.governance.powers.models import Power
from secretariat.governance.powers.queries import require_held
from secretariat.registry.refs.actions import next_number, register_ref, update_ref

MOST_PARAGRAPHS = 200


class DraftConflict(WrongState):
    """Another mover saved in the meantime; ``motion`` is what stands now."""

    def __init__(self, motion: Motion) -> None:
        super().__init__(_("Somebody else saved this motion in the meantime."))
        self.motion = motion


def start_motion(
    *, body: Body, holder: UUID | None = None, kind: str = Kind.ORDINARY, actor: Actor, now: datetime
) -> Motion:
    """Begin to write a motion for a place in the body; nobody but its movers sees it before it is submitted."""
    require(rules.is_herself(actor), _("move a motion"))
    place = queries.place_for(actor, body, timezone.localdate(now), holder)
    require(place is not None, _("move a motion in this body"))
    with audit.act("motion_begun", actor=actor, now=now) as act:
        ref = register_ref(kind="motion", number=next_number(f"MOT-{now.year}"), title={}, state="draft")
        motion = Motion.objects.create(ref=ref, body=body, kind=kind, saved_at=now)
        back(motion, place, Part.MOVER, actor, now)
        act.on(motion, body=body.pk)
    return motion


def save_motion(
    *, motion: Motion, title_en: str, title_zh: str, paragraphs: Sequence[Paragraph], reason: str, kind: str,
    seen: int, power: Power | None = None, actor: Actor, now: datetime,
) -> Motion:  # fmt: skip
    """Keep what was written so far, however unfinished. ``seen`` is the revision it was written on.

    ValueError where a ``power`` is named that the body does not hold today.

    Raises:
        DraftConflict: another mover saved in between.
    """
    require(rules.can_write(actor, motion), _("write this motion"))
    if kind not in Kind.values:
        raise ValueError(_("There is no such kind of motion."))
    require_held(motion.body, power, timezone.localdate(now))
    with audit.act("motion_saved", actor=actor, now=now) as act:
        motion = locked(motion, ["draft"], _("Writing"))
        stood = _content(motion)
        _write(motion, title_en, title_zh, paragraphs, reason)
        motion.kind, motion.power = kind, power
        # A page that saves itself just before its button is pressed says the same twice: nobody's words are lost.
        if motion.revision != seen and _content(motion) != stood:
            raise DraftConflict(locked(motion, ["draft"], _("Writing")))
        motion.saved_at, motion.revision = now, motion.revision + 1
        motion.save(
            update_fields=[
                "kind", "power", "title_en", "title_zh", "paragraphs", "reason", "saved_at", "revision",
            ]
        )  # fmt: skip
        act.on(motion, revision=motion.revision)
    return motion


def submit_motion(*, motion: Motion, actor: Actor, now: datetime) -> Version:
    """Submit a motion: it gets its number in the body's year, and its text is kept as it is.

    ValueError says what is still missing.
    """
    require(rules.can_write(actor, motion), _("submit this motion"))
    with audit.act("motion_submitted", actor=actor, now=now) as act:
        motion = locked(motion, ["draft"], _("Submitting"))
        _refuse_unfinished(motion)
        require_held(motion.body, motion.power, timezone.localdate(now))
        year = timezone.localdate(now).year
        number = int(next_number(f"{motion.body_id.hex}/{year}").rpartition("-")[2])
        lead(motion, "submitted", year=year, number=number, submitted_at=now)
        update_ref(ref_id=motion.ref_id, title={"en": motion.title_en, "zh-hans": motion.title_zh})
        version = freeze(motion, motion.text, Stage.SUBMITTED, actor, now)
        act.on(motion, number=motion.code, digest=version.digest)
        tell_people(
            queries.people_leading(motion.body, timezone.localdate(now)), motion, "motion_submitted", now
        )
    return version


def revise_motion(
    *, motion: Motion, title_en: str, title_zh: str, paragraphs: Sequence[Paragraph], reason: str, actor: Actor,
    now: datetime,
) -> Version:  # fmt: skip
    """Put a new text before it is admitted; the earlier one stays with its digest."""
    require(rules.can_write(actor, motion), _("revise this motion"))
    with audit.act("motion_revised", actor=actor, now=now) as act:
        motion = locked(motion, ["submitted"], _("Revising"))
        _write(motion, title_en, title_zh, paragraphs, reason)
        _refuse_unfinished(motion)
        motion.saved_at, motion.revision = now, motion.revision + 1
        motion.save(update_fields=["title_en", "title_zh", "paragraphs", "reason", "saved_at", "revision"])
        update_ref(ref_id=motion.ref_id, title={"en": motion.title_en, "zh-hans": motion.title_zh})
        version = freeze(motion, motion.text, Stage.REVISED, actor, now)
        act.on(motion, version=version.number, digest=version.digest)
    return version


def _write(
    motion: Motion, title_en: str, title_zh: str, paragraphs: Sequence[Paragraph], reason: str
) -> None:
    if len(paragraphs) > MOST_PARAGRAPHS:
        raise ValueError(_("A motion has at most %(most)s paragraphs.") % {"most": MOST_PARAGRAPHS})
    motion.title_en, motion.title_zh, motion.reason = title_en.strip(), title_zh.strip(), reason.strip()
    motion.paragraphs = [{"en": paragraph.en.strip(), "zh": paragraph.zh.strip()} for paragraph in paragraphs]


def _content(motion: Motion) -> tuple[object, ...]:
    """Return all that is written in a draft."""
    return (
        motion.kind, motion.power_id, motion.title_en, motion.title_zh, motion.paragraphs, motion.reason
    )  # fmt: skip


def _refuse_unfinished(motion: Motion) -> None:
    if not motion.title_en or not motion.title_zh:
        raise ValueError(_("A motion has a title in English and in Chinese."))
    if not motion.paragraphs:
        raise ValueError(_("A motion has at least one paragraph."))
    for number, paragraph in enumerate(motion.text, 1):
        if not paragraph.en or not paragraph.zh:
            raise ValueError(_("Paragraph %(number)s is not there in both languages.") % {"number": number})
