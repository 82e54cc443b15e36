"""What who leads the body does with a motion before and after the vote."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, WrongState, require
from secretariat.foundation.audit import actions as audit
from secretariat.governance.bodies.models import Body
from secretariat.governance.motions import queries, rules
from secretariat.governance.motions.actions.keeping import lead, locked, tell_backers, tell_body
from secretariat.governance.motions.models import Amendment, Backing, Motion, Requirement
from secretariat.governance.motions.states import UNDECIDED, Kind, Part
from secretariat.governance.powers.models import Power
from secretariat.governance.powers.queries import require_held


def lay_down_requirement(
    *,
    body: Body,
    kind: str,
    majority: str = "",
    base: str = "",
    seconders: int = 0,
    actor: Actor,
    now: datetime,
) -> Requirement:
    """Lay down what a kind of motion needs in a body; without a majority, that of its rules of procedure."""
    require(actor.has("desk.run") or actor.has("system.run"), _("lay down what motions need"))
    if kind not in Kind.values:
        raise ValueError(_("There is no such kind of motion."))
    base = "cast" if majority == "simple" else base or ("cast" if majority else "")
    with audit.act("motion_requirement_laid_down", actor=actor, now=now) as act:
        said = {"majority": majority, "base": base if majority else "", "seconders": seconders}
        requirement, _made = Requirement.objects.update_or_create(body=body, kind=kind, defaults=said)
        act.on(requirement, body=body.pk, kind=kind)
    return requirement


def admit_motion(*, motion: Motion, actor: Actor, now: datetime) -> Motion:
    """Admit a motion: from now on it can be amended and put to the vote. Everybody in the body is told."""
    require(rules.can_lead(actor, motion.body), _("admit this motion"))
    with audit.act("motion_admitted", actor=actor, now=now) as act:
        motion = locked(motion, ["submitted"], _("Admitting"))
        needed = queries.requirement_of(motion.body, motion.kind).seconders
        seconders = Backing.objects.filter(motion=motion, amendment=None, part=Part.SECONDER, ended_at=None)
        if (found := seconders.count()) < needed:
            raise ValueError(
                _("This motion needs %(needed)s seconders; so far there are %(found)s.")
                % {"found": found, "needed": needed}
            )
        require_held(motion.body, motion.power, timezone.localdate(now))
        lead(motion, "admitted", admitted_at=now)
        act.on(motion)
        tell_body(motion, "motion_admitted", now)
    return motion


def name_power(*, motion: Motion, power: Power | None, actor: Actor, now: datetime) -> Motion:
    """Say under which power the body decides a motion, or that none is named. ValueError where it does not hold it."""
    require(rules.can_lead(actor, motion.body), _("say under which power this motion is decided"))
    with audit.act("motion_power_named", actor=actor, now=now) as act:
        motion = locked(motion, ["submitted", "admitted"], _("Naming the power"))
        if queries.open_ballot_about(motion.ref_id):
            raise WrongState(_("The vote on this is open; from then on nothing changes."))
        require_held(motion.body, power, timezone.localdate(now))
        motion.power = power
        motion.save(update_fields=["power"])
        act.on(motion, power=power.pk if power else None)
    return motion


def rule_out_motion(*, motion: Motion, reason: str, actor: Actor, now: datetime) -> Motion:
    """Rule a motion out of order, with the reason."""
    require(rules.can_lead(actor, motion.body), _("rule on this motion"))
    if not reason.strip():
        raise ValueError(_("A ruling has a reason."))
    with audit.act("motion_ruled_out", actor=actor, now=now, reason=reason) as act:
        motion = locked(motion, ["submitted"], _("Ruling out of order"))
        lead(motion, "ruled_out", note=reason.strip(), ended_at=now)
        act.on(motion)
        tell_backers(motion, "motion_ruled_out", now, reason=reason.strip())
    return motion


def lapse_motion(*, motion: Motion, reason: str, actor: Actor, now: datetime) -> Motion:
    """Let a motion lapse that nobody will vote on any more: the session is over, or nobody took it over."""
    require(rules.can_lead(actor, motion.body), _("let this motion lapse"))
    if not reason.strip():
        raise ValueError(_("A motion lapses for a reason."))
    with audit.act("motion_lapsed", actor=actor, now=now, reason=reason) as act:
        motion = locked(motion, ["submitted", "admitted", "withdrawn"], _("Lapsing"))
        if motion.submitted_at is None:
            raise WrongState(_("A draft that was put away does not lapse."))
        if queries.open_ballot_about(motion.ref_id):
            raise WrongState(_("The vote on this is open; from then on nothing changes."))
        lead(motion, "lapsed", note=reason.strip(), ended_at=now)
        lapse_amendments(motion, now)
        act.on(motion)
        tell_backers(motion, "motion_lapsed", now, reason=reason.strip())
    return motion


def publish_motion(*, motion: Motion, actor: Actor, now: datetime) -> Motion:
    """Show an adopted motion to everybody, with the way it took. Publishing again changes nothing."""
    require(rules.can_lead(actor, motion.body), _("publish this motion"))
    with audit.act("motion_published", actor=actor, now=now) as act:
        motion = locked(motion, ["adopted"], _("Publishing"))
        if motion.published_at is None:
            motion.published_at = now
            motion.save(update_fields=["published_at"])
        act.on(motion, on=timezone.localdate(now))
    return motion


def lapse_amendments(motion: Motion, now: datetime) -> None:
    """Part of an act that ends a motion: what is undecided is decided no more."""
    for amendment in Amendment.objects.filter(motion=motion, state__in=UNDECIDED).select_related("ref"):
        lead(amendment, "lapsed", ended_at=now)
