"""What a committee moves across the line: proposed with a reason, put to its vote, carried or not."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from secretariat.foundation.accounts.actor import Actor, WrongState, require, require_state
from secretariat.foundation.audit import actions as audit
from secretariat.governance.ballots.actions import declare_ballot
from secretariat.governance.ballots.models import Ballot, Result, RollLine
from secretariat.registry.refs.models import Ref
from secretariat.summit.calls.models import Call, Stage, Submission
from secretariat.summit.review import queries, rules
from secretariat.summit.review.models import Conflict, Move, StageList

QUESTIONS = {
    "above": gettext_lazy("Move %(number)s, “%(title)s”, above the line?"),
    "below": gettext_lazy("Move %(number)s, “%(title)s”, below the line?"),
}


def propose_move(
    *, stage: Stage, submission: Submission, to: str, reason: str, method: str = "roll_call", actor: Actor,
    now: datetime, **said: Any,
) -> Move:  # fmt: skip
    """Move that an item change sides, with a reason; its ballot is declared, to be opened where the committee meets.

    ``said`` goes to the ballot. ValueError where the item is no part of the stage, or stands on that side already.
    """
    require(rules.can_propose_move(actor, submission, stage), _("move an item across the line"))
    if not reason.strip():
        raise ValueError(_("Say why the item is to be moved: the reason is published with the list."))
    with audit.act("move_proposed", actor=actor, now=now, reason=reason, to=to) as act:
        call = Call.objects.select_for_update().get(pk=stage.call_id)
        require_line(stage)
        drawn = queries.cut_line(stage)
        row = next((r for r in drawn.rows if r.number == submission.ref.number), None) if drawn else None
        if row is None:
            raise ValueError(_("Not on the list: %(items)s.") % {"items": submission.ref.number})
        if row.is_kept == (to == "above"):
            raise ValueError(_("%(item)s stands on that side already.") % {"item": submission.ref.number})
        _refuse_second(stage, submission, now)
        questions = {f"question_{key}": _question(language, submission, to) for key, language in LANGUAGES}
        ballot = declare_ballot(
            body=call.committee,
            **questions,
            method=method,
            subject=submission.ref,
            actor=actor,
            now=now,
            **said,
        )
        move = Move.objects.create(
            stage=stage, submission=submission, to=to, reason=reason.strip(), ballot=ballot
        )
        act.on(move, ballot=ballot.pk)
    return move


LANGUAGES = (("en", "en"), ("zh", "zh-hans"))


def require_line(stage: Stage) -> None:
    """Raise WrongState where the rule lets nobody move an item, or the list is frozen."""
    require_state(stage.moves or "no moves", ["vote"], _("Moving an item across the line"))
    if StageList.objects.filter(stage=stage).exists():
        require_state("frozen", [], _("Moving an item across the line"))


def _refuse_second(stage: Stage, submission: Submission, now: datetime) -> None:
    """A move whose ballot was cancelled is over; another one waits for its vote."""
    waiting = Move.objects.filter(stage=stage, submission=submission, state="proposed")
    for move in waiting.select_related("ballot"):
        if move.ballot.state != "cancelled":
            raise WrongState(_("A move of %(item)s waits for its vote.") % {"item": submission.ref.number})
        _end(move, "lost", now)


def _question(language: str, submission: Submission, to: str) -> str:
    with override(language):
        title = submission.title_zh if language != "en" and submission.title_zh else submission.title_en
        return (str(QUESTIONS[to]) % {"number": submission.ref.number, "title": title})[:400]


def declare_move(*, subject: Ref, actor: Actor, now: datetime, **_said: Any) -> Ballot:
    """Return the ballot of the move of an item that waits for its vote: what a meeting asks when it comes to it."""
    move = Move.objects.filter(submission__ref=subject, state="proposed", ballot__state="draft").first()
    if move is None:
        raise WrongState(_("Nobody has moved yet that %(item)s change sides.") % {"item": subject.number})
    return Ballot.objects.select_related("ref", "body").get(pk=move.ballot_id)


def refuse_barred_voters(*, ballot: Ballot) -> None:
    """Refuse that a ballot on a move opens with somebody on its roll who may not judge the item."""
    move = Move.objects.filter(ballot=ballot).first() if ballot.subject_id else None
    if move is None:
        return
    barred = Conflict.objects.filter(submission=move.submission_id).exclude(state="cleared").values("person")
    named = RollLine.objects.filter(ballot=ballot, recusal__isnull=True, voter__in=barred).select_related(
        "voter"
    )
    if names := sorted(str(line.voter) for line in named):
        people = {"people": ", ".join(names)}
        raise ValueError(_("Recuse first who may not judge this item: %(people)s.") % people)


def act_on_result(*, ballot: Ballot, result: Result, actor: Actor, now: datetime) -> Move | None:
    """Keep what a ballot decided on a move; None where it was about something else.

    A tie carries nothing, not even by the chair's casting vote: a list is moved by more than half of those who vote.
    """
    if ballot.subject_id is None:
        return None
    move = Move.objects.filter(ballot=ballot, state="proposed").select_related("stage").first()
    if move is None:
        return None
    carried = result.outcome == "adopted" and result.yes > result.no
    verb = "move_carried" if carried else "move_lost"
    with audit.act(verb, actor=actor, now=now, ballot=ballot.pk, result=result.digest) as act:
        Call.objects.select_for_update().get(pk=move.stage.call_id)
        require_line(move.stage)
        _end(move, "carried" if carried else "lost", now)
        act.on(move)
    return move


def _end(move: Move, state: str, now: datetime) -> None:
    move.state, move.ended_at = state, now
    move.save(update_fields=["state", "ended_at"])
