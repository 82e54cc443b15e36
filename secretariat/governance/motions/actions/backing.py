"""Who stands behind a motion or an amendment: seconding, stepping back, taking over, following."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, WrongState, require
from secretariat.foundation.audit import actions as audit
from secretariat.governance.ballots.logic import Place
from secretariat.governance.motions import queries, rules
from secretariat.governance.motions.actions.keeping import (
    back,
    lead,
    locked,
    locked_amendment,
    tell_backers,
    tell_movers,
)
from secretariat.governance.motions.models import Amendment, Backing, Follower, Motion
from secretariat.governance.motions.states import Part

STANDING = ("submitted", "admitted")


def back_motion(
    *, motion: Motion, part: str = Part.SECONDER, holder: UUID | None = None, actor: Actor, now: datetime
) -> Backing:
    """Second a motion, or join its movers, for a place in the body; in person, and until the vote opens."""
    place = _place(motion, holder, actor, now)
    if part not in Part.values:
        raise ValueError(_("A motion is moved or seconded."))
    with audit.act(
        "motion_seconded" if part == Part.SECONDER else "motion_joined", actor=actor, now=now
    ) as act:
        motion = locked(motion, STANDING, _("Seconding"))
        _refuse_while_voting(motion.ref_id)
        backing = back(motion, place, part, actor, now)
        act.on(motion)
        if part == Part.SECONDER:
            tell_movers(motion, "motion_seconded", now, backing.pk)
    return backing


def step_back(*, motion: Motion, actor: Actor, now: datetime) -> Motion:
    """Back a motion no longer. When no mover is left it is withdrawn; possible until the vote opens."""
    require(rules.backs(actor, motion), _("step back from this motion"))
    with audit.act("motion_stepped_back", actor=actor, now=now) as act:
        motion = locked(motion, ("draft", *STANDING), _("Withdrawing"))
        _refuse_while_voting(motion.ref_id)
        _end(motion, None, actor, now)
        act.on(motion)
        if not _has_movers(motion, None):
            act.detail["withdrawn"] = True
            if motion.submitted_at:
                tell_backers(motion, "motion_withdrawn", now, about=act.id)
            lead(motion, "withdrawn", ended_at=now)
    return motion


def step_back_from_amendment(*, amendment: Amendment, actor: Actor, now: datetime) -> Amendment:
    """Move an amendment no longer. When no mover is left it is withdrawn; possible until its vote opens."""
    require(rules.backs(actor, amendment.motion, amendment=amendment), _("step back from this amendment"))
    with audit.act("amendment_stepped_back", actor=actor, now=now) as act:
        amendment = locked_amendment(amendment, ("proposed", "questioned"), _("Withdrawing"))
        _refuse_while_voting(amendment.ref_id)
        _end(amendment.motion, amendment, actor, now)
        act.on(amendment)
        if not _has_movers(amendment.motion, amendment):
            act.detail["withdrawn"] = True
            lead(amendment, "withdrawn", ended_at=now)
    return amendment


def take_over(*, motion: Motion, holder: UUID | None = None, actor: Actor, now: datetime) -> Motion:
    """Take over a motion that its movers withdrew; it stands again where it stood."""
    place = _place(motion, holder, actor, now)
    with audit.act("motion_taken_over", actor=actor, now=now) as act:
        motion = locked(motion, ["withdrawn"], _("Taking over"))
        if motion.submitted_at is None:
            raise WrongState(_("A draft that was put away is nobody else's."))
        back(motion, place, Part.MOVER, actor, now)
        lead(motion, "admitted" if motion.admitted_at else "submitted", ended_at=None)
        act.on(motion)
        tell_backers(motion, "motion_taken_over", now, about=act.id)
    return motion


def follow_motion(*, motion: Motion, follows: bool, actor: Actor, now: datetime) -> bool:
    """Hear what becomes of a motion, or no longer. Saying the same again changes nothing."""
    require(rules.is_herself(actor), _("follow this motion"))
    with audit.act("motion_followed" if follows else "motion_unfollowed", actor=actor, now=now) as act:
        if follows:
            Follower.objects.get_or_create(motion=motion, person_id=actor.person_id)
        else:
            Follower.objects.filter(motion=motion, person=actor.person_id).delete()
        act.on(motion)
    return follows


def _place(motion: Motion, holder: UUID | None, actor: Actor, now: datetime) -> Place:
    require(rules.is_herself(actor), _("speak in this body"))
    place = queries.place_for(actor, motion.body, timezone.localdate(now), holder)
    require(place is not None, _("speak in this body"))
    return place


def _refuse_while_voting(ref: UUID) -> None:
    if queries.open_ballot_about(ref):
        raise WrongState(_("The vote on this is open; from then on nothing changes."))


def _end(motion: Motion, amendment: Amendment | None, actor: Actor, now: datetime) -> None:
    rows = Backing.objects.select_for_update().filter(
        motion=motion, amendment=amendment, by=actor.person_id, ended_at=None
    )
    for backing in rows:
        backing.ended_at = now
        backing.save(update_fields=["ended_at"])


def _has_movers(motion: Motion, amendment: Amendment | None) -> bool:
    rows = Backing.objects.filter(motion=motion, amendment=amendment, part=Part.MOVER, ended_at=None)
    return rows.exists()
