"""The vote on a motion and on its amendments, and what follows from it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, WrongState, require
from secretariat.foundation.audit import actions as audit
from secretariat.governance.ballots.actions import declare_ballot, open_ballot
from secretariat.governance.ballots.electorate import electorate_of, places_of
from secretariat.governance.ballots.logic import Place
from secretariat.governance.ballots.models import Ballot, Result
from secretariat.governance.motions import queries, rules
from secretariat.governance.motions.actions.amending import take_in, tell_decided
from secretariat.governance.motions.actions.keeping import (
    freeze,
    lead,
    locked,
    locked_amendment,
    tell_backers,
)
from secretariat.governance.motions.actions.leading import lapse_amendments
from secretariat.governance.motions.models import Amendment, Motion
from secretariat.governance.motions.states import UNDECIDED, Stage
from secretariat.registry.refs.models import Ref


def declare_vote(
    *, subject: Ref, method: str, closes_at: datetime | None = None, actor: Actor, now: datetime, **said: Any
) -> Ballot:
    """Declare the ballot about a motion or an amendment, by the majority its kind needs. It is opened by whoever asks.

    Raises:
        WrongState: it is not its turn: amendments come before the motion, and one after the other in their order.
    """
    motion = Motion.objects.filter(ref=subject).select_related("ref", "body__ref").first()
    if motion is not None:
        return _declare_on_motion(motion, method, closes_at, actor, now, said)
    amendment = Amendment.objects.select_related("ref", "motion__ref", "motion__body__ref").get(ref=subject)
    return _declare_on_amendment(amendment, method, closes_at, actor, now, said)


def put_to_vote(
    *, subject: Ref, method: str, closes_at: datetime | None = None, places: Sequence[Place] | None = None,
    actor: Actor, now: datetime,
) -> Ballot:  # fmt: skip
    """Put a motion or an amendment to the vote: its ballot opens at once, for the room where the body meets.

    A ballot with a closing time is held outside a meeting: who is there shows by voting.
    """
    with audit.act("motion_put_to_vote", actor=actor, now=now) as act:
        ballot = declare_vote(subject=subject, method=method, closes_at=closes_at, actor=actor, now=now)
        if places is None:
            everybody = electorate_of(ballot.body, timezone.localdate(now))
            places = queries.absent(everybody) if closes_at else places_of(ballot, now)
        ballot = open_ballot(ballot=ballot, places=places, actor=actor, now=now)
        act.on(
            Motion.objects.filter(ref=subject).first() or Amendment.objects.get(ref=subject), ballot=ballot.pk
        )
    return ballot


def _declare_on_motion(
    motion: Motion, method: str, closes_at: datetime | None, actor: Actor, now: datetime, said: dict[str, Any]
) -> Ballot:
    require(rules.can_lead(actor, motion.body), _("put this motion to the vote"))
    with audit.act("motion_vote_declared", actor=actor, now=now) as act:
        motion = locked(motion, ["admitted"], _("Putting to the vote"))
        _refuse_second_ballot(motion.ref)
        if waiting := queries.undecided(motion).first():
            raise WrongState(
                _("Amendment A%(number)s comes first: it is not decided yet.") % {"number": waiting.number}
            )
        amended = motion.amendments.filter(turn__isnull=False).exists()
        tail = (" as amended", "经修正的") if amended else ("", "")
        ballot = declare_ballot(
            body=motion.body, method=method, closes_at=closes_at, subject=motion.ref, actor=actor, now=now,
            question_en=f"Adopt {motion.code}{tail[0]}: {motion.title_en}?"[:400],
            question_zh=f"是否通过{tail[1]}{motion.code}：{motion.title_zh}？"[:400],
            **{**_rules_of(motion), **said},
        )  # fmt: skip
        act.on(motion, ballot=ballot.pk)
    return ballot


def _declare_on_amendment(
    amendment: Amendment, method: str, closes_at: datetime | None, actor: Actor, now: datetime, said: dict[str, Any],
) -> Ballot:  # fmt: skip
    motion = amendment.motion
    require(rules.can_lead(actor, motion.body), _("put this amendment to the vote"))
    with audit.act("amendment_vote_declared", actor=actor, now=now) as act:
        amendment = locked_amendment(amendment, ["proposed"], _("Putting to the vote"))
        for row in queries.undecided(motion):
            _refuse_second_ballot(row.ref)
        order = list(queries.undecided(amendment.motion))
        if len(order) > 1 and any(row.position is None for row in order):
            raise WrongState(_("Set the order of votes first."))
        if order[0].pk != amendment.pk:
            raise WrongState(
                _("Amendment A%(number)s comes first in the order of votes.") % {"number": order[0].number}
            )
        number, where = f"{motion.code} A{amendment.number}", amendment.paragraph
        ballot = declare_ballot(
            body=motion.body, method=method, closes_at=closes_at, subject=amendment.ref, actor=actor, now=now,
            question_en=f"Adopt amendment {number} (paragraph {where}): {motion.title_en}?"[:400],
            question_zh=f"是否通过修正案{number}（第{where}段）：{motion.title_zh}？"[:400],
            **{**_rules_of(motion), **said},
        )  # fmt: skip
        act.on(amendment, ballot=ballot.pk)
    return ballot


def act_on_result(
    *, ballot: Ballot, result: Result, actor: Actor, now: datetime
) -> Motion | Amendment | None:
    """Do what a ballot has decided on a motion or an amendment. None where it was about something else.

    Without a quorum nothing is decided, and it may be put to the vote again; a tie carries nothing.
    """
    if ballot.subject_id is None or result.outcome == "no_quorum":
        return None
    amendment = Amendment.objects.filter(ref=ballot.subject_id, motion__state="admitted").first()
    if amendment is not None:
        return _decide_amendment(amendment, ballot, result, actor, now)
    motion = Motion.objects.filter(ref=ballot.subject_id, state="admitted").first()
    return None if motion is None else _decide_motion(motion, ballot, result, actor, now)


def _decide_amendment(
    amendment: Amendment, ballot: Ballot, result: Result, actor: Actor, now: datetime
) -> Amendment | None:
    carried = result.outcome == "adopted"
    if amendment.state not in UNDECIDED:
        return None
    verb = "amendment_adopted" if carried else "amendment_rejected"
    with audit.act(verb, actor=actor, now=now, ballot=ballot.pk, result=result.digest) as act:
        amendment = locked_amendment(amendment, UNDECIDED, _("Deciding"))
        if amendment.state == "questioned":  # the body has ruled by voting on it
            lead(amendment, "proposed")
        if carried:
            take_in(amendment, "adopted", now, ballot=ballot)
        else:
            lead(amendment, "rejected", ballot=ballot, ended_at=now)
        act.on(amendment, motion=amendment.motion_id)
        tell_decided(amendment, now)
    return amendment


def _decide_motion(motion: Motion, ballot: Ballot, result: Result, actor: Actor, now: datetime) -> Motion:
    carried = result.outcome == "adopted"
    verb = "motion_adopted" if carried else "motion_rejected"
    with audit.act(verb, actor=actor, now=now, ballot=ballot.pk, result=result.digest) as act:
        motion = locked(motion, ["admitted"], _("Deciding"))
        if carried:
            version = freeze(motion, queries.text_as_amended(motion), Stage.ADOPTED, actor, now)
            payload = {
                "kind": "motion_adopted", "motion": motion.ref.number, "number": motion.code, "digest": version.digest,
                "ballot": ballot.ref.number, "result": result.digest, "at": now.isoformat(),
            }  # fmt: skip
            audit.pledge(act, subject=motion, payload=payload)
            act.detail["digest"] = version.digest
        lead(motion, "adopted" if carried else "rejected", ballot=ballot, ended_at=now)
        lapse_amendments(motion, now)
        act.on(motion)
        tell_backers(motion, "motion_adopted" if carried else "motion_rejected", now)
    return motion


def _rules_of(motion: Motion) -> dict[str, Any]:
    """By which majority and under which power a motion and its amendments are decided."""
    needed = queries.requirement_of(motion.body, motion.kind)
    majority = {"majority": needed.majority, "base": needed.base} if needed.majority else {}
    return {"power": motion.power, **majority}


def _refuse_second_ballot(subject: Ref) -> None:
    if queries.open_ballot_about(subject.pk):
        raise WrongState(_("The vote on this is open already."))
