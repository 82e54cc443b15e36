"""From the reviews to the honours: lists, decisions, offers."""

from collections.abc import Iterator, Sequence

from secretariat.foundation.accounts.actor import require
from secretariat.simulation.driving.acting import Visit
from secretariat.simulation.driving.answers import table
from secretariat.simulation.driving.opening import sealed
from secretariat.summit.calls.models import Stage
from secretariat.summit.calls.queries import NotFound
from secretariat.summit.honours import actions as honours
from secretariat.summit.honours.models import Honour
from secretariat.summit.honours.queries import visible_honours
from secretariat.summit.honours.rules import can_run_honours
from secretariat.summit.review import actions
from secretariat.summit.review.models import ListEntry, PartDecision, StageList
from secretariat.summit.review.queries import handed_on

SHOWN = 20
ANSWERS = {"accept": True, "decline": False}


def freeze(visit: Visit, stage: Stage) -> Iterator[str]:
    """Make the list of a stage by its rule and freeze it."""
    frozen = actions.freeze_list(stage=stage, actor=visit.actor, now=visit.now)
    yield from _list(frozen)
    yield f"{stage.key} is frozen. List: {frozen.digest}"
    yield from sealed()


def _list(frozen: StageList) -> Iterator[str]:
    entries = ListEntry.objects.filter(list=frozen).select_related("submission__ref").order_by("position")
    rows = [
        (
            entry.rank, entry.submission.ref.number, _short(entry.score), _short(entry.low), _short(entry.high),
            _short(entry.p_above), entry.outcome,
        )
        for entry in entries[:SHOWN]
    ]  # fmt: skip
    yield from table(("rank", "item", "score", "low", "high", "p above", "outcome"), rows)
    if (more := len(entries) - SHOWN) > 0:
        yield f"… and {more} more."


def _short(number: float | None) -> str:
    return "" if number is None else f"{number:.2f}"


def decide(visit: Visit, stage: Stage, *, by: str, refused: Sequence[str]) -> Iterator[str]:
    """Let the authority approve a list, or refuse items on it: ``NUMBER=REASON``."""
    reasons = dict(_refusal(text) for text in refused)
    decision = actions.decide_list(stage=stage, refused=reasons, by=by, actor=visit.actor, now=visit.now)
    if isinstance(decision, PartDecision):
        yield f"{stage.key} is decided in part: somebody else decides on {', '.join(decision.left_out)}."
        return
    yield f"{stage.key} is decided: {len(handed_on(stage) or {})} go on, {len(reasons)} refused."
    yield f"Decision: {decision.digest}"
    yield from sealed()


def _refusal(text: str) -> tuple[str, str]:
    number, sign, reason = text.partition("=")
    if not sign:
        raise ValueError(f"--refuse {text}: NUMBER=REASON is expected")
    return number.strip(), reason.strip()


def offer(visit: Visit) -> Iterator[str]:
    """Offer the places of the last list to their applicants, in confidence."""
    stage = visit.call.stages.filter(kind="levels").select_related("call", "authority__ref").last()
    if stage is None or not StageList.objects.filter(stage=stage).exists():
        raise ValueError("there is no frozen list of honours yet")
    offered = honours.offer_honours(stage=stage, actor=visit.actor, now=visit.now)
    yield from table(
        ("item", "level", "state"), [(h.submission.ref.number, h.level_en, h.state) for h in offered]
    )


def answer(visit: Visit, number: str, word: str) -> Iterator[str]:
    """Accept or decline what was offered for a submission, as its applicant."""
    honour = honours.answer_offer(
        honour=_honour(visit, number), accept=ANSWERS[word], actor=visit.actor, now=visit.now
    )
    yield f"{number}: {honour.state}."


def confer(visit: Visit) -> Iterator[str]:
    """Confer every honour that was accepted."""
    require(can_run_honours(visit.actor), "confer honours")
    accepted = visible_honours(visit.actor, visit.call).filter(state="accepted")
    for honour in accepted:
        honours.confer_honour(honour=honour, actor=visit.actor, now=visit.now)
        yield f"{honour.submission.ref.number}: {honour.level_en}, conferred."
    if not accepted:
        yield "No honour is accepted and not yet conferred."


def revoke(visit: Visit, number: str, reason: str) -> Iterator[str]:
    """Take a conferred honour back, with its reason."""
    honour = honours.revoke_honour(
        honour=_honour(visit, number), reason=reason, actor=visit.actor, now=visit.now
    )
    yield f"{number}: {honour.state}."


def _honour(visit: Visit, number: str) -> Honour:
    honour = visible_honours(visit.actor, visit.call).filter(submission__ref__number=number).first()
    if honour is None:
        raise NotFound(f"there is no honour for {number}")
    return honour
