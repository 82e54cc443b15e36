from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from secretariat.engines.sealed.canonical import digest
from secretariat.foundation.accounts.actor import Actor, WrongState, require, require_state
from secretariat.foundation.audit import actions as audit
from secretariat.foundation.audit.prepared import append, prepared_cursor
from secretariat.governance.ballots import queries, rules
from secretariat.governance.ballots.electorate import in_words
from secretariat.governance.ballots.logic import Place, Standing
from secretariat.governance.ballots.models import Ballot, HandCount, Procedure, Result, RollLine, Vote
from secretariat.governance.ballots.ringing import ring_for_vote
from secretariat.governance.ballots.signals import decided, opened
from secretariat.governance.ballots.states import Channel, Choice, Outcome
from secretariat.governance.ballots.telling import tell_voters
from secretariat.governance.bodies.models import Body
from secretariat.governance.powers.models import Power
from secretariat.governance.powers.queries import require_held
from secretariat.registry.refs.actions import next_number, register_ref, update_ref
from secretariat.registry.refs.models import Ref

# What a ballot takes from the rules of procedure of its body unless it says otherwise.
TAKEN = (
    "majority", "base", "casting_vote", "quorum_parts", "quorum_of", "quorum_exceeds", "quorum_least",
)  # fmt: skip


def lay_down_procedure(
    *, body: Body, starts_on: date, ends_on: date | None = None, actor: Actor, now: datetime, **said: Any
) -> Procedure:
    """Lay down how a body decides from a day on. Those in force until then end the day before."""
    require(actor.has("desk.run") or actor.has("system.run"), _("lay down rules of procedure"))
    with audit.act("procedure_laid_down", actor=actor, now=now) as act:
        Body.objects.select_for_update().get(pk=body.pk)
        for earlier in Procedure.objects.filter(body=body, starts_on__lt=starts_on, ends_on=None):
            earlier.ends_on = date.fromordinal(starts_on.toordinal() - 1)
            earlier.save(update_fields=["ends_on"])
        procedure = Procedure(body=body, starts_on=starts_on, ends_on=ends_on, **said)
        try:
            with transaction.atomic():
                procedure.save(force_insert=True)
        except IntegrityError as error:
            if "procedure_one_at_a_time" not in str(error):
                raise
            raise ValueError(_("This body has rules of procedure for a part of that time already.")) from None
        act.on(procedure, body=body.pk)
    return procedure


def declare_ballot(
    *, body: Body, question_en: str, question_zh: str, method: str, subject: Ref | None = None,
    closes_at: datetime | None = None, power: Power | None = None, actor: Actor, now: datetime, **said: Any,
) -> Ballot:  # fmt: skip
    """Declare a question to a body. What ``said`` leaves out is taken from the body's rules of procedure.

    ValueError where a ``power`` is named that the body does not hold today.
    """
    require(rules.can_run(actor, body), _("put a question to this body"))
    if not question_en.strip() or not question_zh.strip():
        raise ValueError(_("A question is asked in English and in Chinese."))
    require_held(body, power, timezone.localdate(now))
    procedure = queries.procedure_of(body, now.date())
    taken = {name: getattr(procedure, name) for name in TAKEN} if procedure else {}
    if said.get("majority") == "simple":
        said["base"] = "cast"
    with audit.act("ballot_declared", actor=actor, now=now) as act:
        ref = register_ref(
            kind="ballot", number=next_number(f"BAL-{now.year}"),
            title={"en": question_en, "zh-hans": question_zh}, state="draft",
        )  # fmt: skip
        ballot = Ballot.objects.create(
            ref=ref, body=body, subject=subject, question_en=question_en, question_zh=question_zh, method=method,
            closes_at=closes_at, power=power, **{**taken, **said},
        )  # fmt: skip
        act.on(ballot)
    return ballot


def open_ballot(*, ballot: Ballot, places: Sequence[Place], actor: Actor, now: datetime) -> Ballot:
    """Open a ballot with its roll. From now on both stand; the roll's digest goes into the sealed log."""
    require(rules.can_run(actor, ballot.body), _("open this ballot"))
    with audit.act("ballot_opened", actor=actor, now=now) as act:
        ballot = _locked(ballot, ["draft"], _("Opening the ballot"))
        require_held(ballot.body, ballot.power, timezone.localdate(now))
        if not any(place.recusal is None for place in places):
            raise ValueError(_("Nobody may vote in this ballot."))
        if ballot.closes_at is not None and ballot.closes_at <= now:
            raise ValueError(_("A ballot closes after it opens."))
        lines = RollLine.objects.bulk_create(
            RollLine(
                ballot=ballot, position=position, person_id=place.person, organisation_id=place.organisation,
                voter_id=place.voter, by_proxy=place.by_proxy, weight=place.weight, source=place.source,
                why=dict(place.why), is_present=place.is_present, is_chair=place.is_chair,
                recusal=None if place.recusal is None else dict(place.recusal),
            )
            for position, place in enumerate(places, 1)
        )  # fmt: skip
        ballot.roll_digest = queries.roll_digest(lines)
        _lead(ballot, "open", opened_at=now, roll_digest=ballot.roll_digest)
        payload = {
            "kind": "ballot_roll", "ballot": ballot.ref.number, "digest": ballot.roll_digest, "lines": len(lines),
            "at": now.isoformat(),
        }  # fmt: skip
        audit.pledge(act, subject=ballot, payload=payload)
        act.on(ballot, roll=ballot.roll_digest, lines=len(lines))
        tell_voters(ballot, "ballot_opened", now)
        opened.send(sender=Ballot, ballot=ballot, actor=actor, now=now)
    return ballot


def cast_vote(*, line: RollLine, choice: str, reason: str = "", actor: Actor, now: datetime) -> Vote:
    """Cast the vote of a line of the roll, in person. The same said again changes nothing.

    Whoever objects in a silence procedure says why; the body reads it.

    ValueError where the vote is cast and the rules of the ballot let nobody change it.
    """
    require(rules.can_cast(actor, line), _("cast this vote"))
    with _once(), audit.act("vote_cast", actor=actor, now=now, subject=line) as act:
        vote = _say(line, choice, Channel.PAGE, actor, now, reason)
        act.detail["turn"] = vote.turn
        ring_for_vote(line.ballot_id)
    return vote


def enter_vote(
    *, line: RollLine, choice: str, channel: str, reason: str = "", actor: Actor, now: datetime
) -> Vote:
    """Enter a vote that was called out or given on paper; the teller is named with it."""
    require(rules.can_run(actor, line.ballot.body), _("enter a vote"))
    require(actor.acting_for_id is None, _("enter a vote"))
    if channel not in (Channel.CALLED, Channel.PAPER):
        raise ValueError(_("A teller enters votes called out or given on paper."))
    if line.is_recused:
        raise ValueError(_("Whoever is recused has no vote here."))
    with _once(), audit.act("vote_entered", actor=actor, now=now, subject=line, channel=channel) as act:
        vote = _say(line, choice, channel, actor, now, reason)
        act.detail["turn"] = vote.turn
        ring_for_vote(line.ballot_id)
    return vote


def count_hands(*, ballot: Ballot, yes: int, no: int, abstain: int, actor: Actor, now: datetime) -> HandCount:
    """Keep a count of hands in the room; counted again, the latest stands. Never more hands than people there."""
    require(rules.can_run(actor, ballot.body), _("count hands"))
    with audit.act("hands_counted", actor=actor, now=now) as act:
        ballot = _locked(ballot, ["open"], _("Counting hands"))
        if ballot.method != "hands":
            raise ValueError(_("This ballot is not one by show of hands."))
        if min(yes, no, abstain) < 0:
            raise ValueError(_("A count is no negative number."))
        there = RollLine.objects.filter(ballot=ballot, is_present=True, recusal__isnull=True).count()
        elsewhere = queries.latest_votes(ballot).count()
        if yes + no + abstain + elsewhere > there:
            raise ValueError(
                _("%(hands)s hands and %(votes)s votes are more than the %(there)s who are there.")
                % {"hands": yes + no + abstain, "votes": elsewhere, "there": there}
            )
        counted = HandCount.objects.create(
            ballot=ballot, turn=HandCount.objects.filter(ballot=ballot).count() + 1, yes=yes, no=no,
            abstain=abstain, counted_by_id=actor.person_id, counted_at=now,
        )  # fmt: skip
        act.on(ballot, yes=yes, no=no, abstain=abstain)
    return counted


def extend_ballot(*, ballot: Ballot, closes_at: datetime, reason: str, actor: Actor, now: datetime) -> Ballot:
    """Give an open ballot more time, with a reason; never less."""
    require(rules.can_run(actor, ballot.body), _("extend this ballot"))
    if not reason.strip():
        raise ValueError(_("A ballot is extended with a reason."))
    with audit.act("ballot_extended", actor=actor, now=now, reason=reason) as act:
        ballot = _locked(ballot, ["open"], _("Extending the ballot"))
        if ballot.closes_at is None or closes_at <= max(ballot.closes_at, now):
            raise ValueError(_("An extension ends later than the ballot does now."))
        act.on(ballot, earlier=ballot.closes_at.isoformat(), later=closes_at.isoformat())
        ballot.closes_at = closes_at
        ballot.save(update_fields=["closes_at"])
        tell_voters(ballot, "ballot_extended", now, reason=reason)
    return ballot


def cancel_ballot(*, ballot: Ballot, reason: str, actor: Actor, now: datetime) -> Ballot:
    """Cancel a ballot before it is closed, with a reason. What was said stays on record and decides nothing."""
    require(rules.can_run(actor, ballot.body), _("cancel this ballot"))
    if not reason.strip():
        raise ValueError(_("A ballot is cancelled with a reason."))
    with audit.act("ballot_cancelled", actor=actor, now=now, reason=reason) as act:
        ballot = _locked(ballot, ["draft", "open"], _("Cancelling the ballot"))
        _lead(ballot, "cancelled", ended_at=now, reason=reason)
        act.on(ballot)
        tell_voters(ballot, "ballot_cancelled", now, reason=reason)
    return ballot


def close_ballot(
    *, ballot: Ballot, present: Collection[UUID] | None = None, casting: Literal["yes", "no"] | None = None,
    actor: Actor, now: datetime,
) -> Result:  # fmt: skip
    """Close a ballot, count it and keep the result; whoever asked the question acts on it in the same transaction.

    ``present`` are the lines whose voters are there now, where that is known better than when it opened. ``casting``
    ends a tie where the rules give the chair that vote.
    """
    require(rules.can_run(actor, ballot.body), _("close this ballot"))
    return _close(ballot, present, casting, actor, now)


def close_due_ballot(*, ballot: Ballot, actor: Actor, now: datetime) -> Result | None:
    """Close a ballot whose time is over; one that was extended or closed meanwhile is left alone."""
    with transaction.atomic():
        if not queries.due_ballots(now).select_for_update(of=("self",)).filter(pk=ballot.pk).exists():
            return None
        return _close(ballot, None, None, actor, now)


def _close(
    ballot: Ballot, present: Collection[UUID] | None, casting: Any, actor: Actor, now: datetime
) -> Result:
    with audit.act("ballot_closed", actor=actor, now=now) as act:
        ballot = _locked(ballot, ["open"], _("Closing the ballot"))
        if casting is not None and not ballot.casting_vote:
            raise ValueError(_("The rules of this ballot give nobody a casting vote."))
        result = _keep_result(ballot, queries.tally(ballot, present=present, casting=casting), casting or "")
        _lead(ballot, "closed", ended_at=now)
        payload = {
            "kind": "ballot_result", "ballot": ballot.ref.number, "roll": ballot.roll_digest,
            "digest": result.digest, "outcome": result.outcome, "at": now.isoformat(),
        }  # fmt: skip
        audit.pledge(act, subject=ballot, payload=payload)
        act.on(ballot, outcome=result.outcome, digest=result.digest)
        tell_voters(
            ballot, "ballot_closed", now, outcome=in_words(lambda: str(Outcome(result.outcome).label))
        )
        decided.send(sender=Ballot, ballot=ballot, result=result, actor=actor, now=now)
    return result


def _keep_result(ballot: Ballot, found: Standing, casting: str) -> Result:
    said = queries.latest_votes(ballot).select_related("line")
    votes = [
        [vote.line.position, vote.choice, vote.channel]
        for vote in sorted(said, key=lambda v: v.line.position)
    ]
    numbers = {
        name: str(getattr(found.totals, name)) for name in ("yes", "no", "abstain", "present", "entitled")
    }
    content = {
        "scheme": "secretariat/result/1", "roll": ballot.roll_digest, "votes": votes, "totals": numbers,
        "outcome": found.outcome, "needed": found.decision.needed, "of": str(found.decision.of), "casting": casting,
        "quorum": [found.there, found.quorum_needed],
    }  # fmt: skip
    return Result.objects.create(
        ballot=ballot, outcome=found.outcome, measured_of=_decimal(found.decision.of), needed=found.decision.needed,
        quorum_present=found.there, quorum_needed=found.quorum_needed, casting=casting, digest=digest(content),
        **{name: _decimal(getattr(found.totals, name)) for name in numbers},
    )  # fmt: skip


def _decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / Decimal(number.denominator)


def _say(line: RollLine, choice: str, channel: str, actor: Actor, now: datetime, reason: str) -> Vote:
    if choice not in Choice.values:
        raise ValueError(_("“%(said)s” is no vote.") % {"said": choice})
    may_change, turn, said, is_silence = _hold_open(line, now)
    if is_silence and choice == Choice.NO and not reason.strip():
        raise ValueError(_("Whoever objects says why."))
    if turn and said == choice:
        return Vote.objects.get(line=line, turn=turn)
    if turn and not may_change:
        raise ValueError(_("This vote has been cast, and the rules of this ballot let nobody change it."))
    vote = Vote(
        ballot_id=line.ballot_id, line=line, turn=turn + 1, choice=choice, channel=channel,
        cast_by_id=actor.person_id, cast_at=now, reason=reason.strip() if choice == Choice.NO else "",
    )  # fmt: skip
    append(vote)
    return vote


@contextmanager
def _once() -> Iterator[None]:
    """Say in words that the database refused a second vote for one line and turn; the act is undone by then."""
    try:
        yield
    except IntegrityError as error:
        if "vote_once" not in str(error):
            raise
        raise ValueError(_("This vote was cast at the same moment from elsewhere.")) from None


# Keeps the ballot from being closed before this vote is in, without keeping other votes out.
HOLD_OPEN = """
SELECT b.state, b.closes_at, b.may_change, coalesce(v.turn, 0), v.choice, b.method FROM ballots_ballot b
LEFT JOIN LATERAL (SELECT turn, choice FROM ballots_vote WHERE line_id = %s ORDER BY turn DESC LIMIT 1) v ON true
WHERE b.id = %s FOR KEY SHARE OF b
"""


def _hold_open(line: RollLine, now: datetime) -> tuple[bool, int, str, bool]:
    """Hold the ballot open for this vote.

    Returns whether it may be changed, the line's last turn and vote, and whether this is a silence procedure.
    """
    with prepared_cursor() as cursor:
        cursor.execute(HOLD_OPEN, [line.pk, line.ballot_id])
        state, closes_at, may_change, turn, said, method = cursor.fetchone()
    require_state(state, ["open"], _("Voting"))
    if closes_at is not None and closes_at <= now:
        raise WrongState(_("The time to vote is over."))
    return may_change, turn, said, method == "silence"


def _locked(ballot: Ballot, states: Sequence[str], what: str) -> Ballot:
    ballot = Ballot.objects.select_for_update(of=("self",)).select_related("ref", "body").get(pk=ballot.pk)
    require_state(ballot.state, states, what)
    return ballot


def _lead(ballot: Ballot, state: str, **changes: Any) -> None:
    for name, value in {"state": state, **changes}.items():
        setattr(ballot, name, value)
    ballot.save(update_fields=["state", *changes])
    update_ref(ref_id=ballot.ref_id, state=state)
