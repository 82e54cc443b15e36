"""How a ballot stands, as pages draw it: shares of all who may vote, and the line that must be reached."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from secretariat.governance.ballots.logic import Standing
from secretariat.governance.ballots.models import Ballot, Result, RollLine
from secretariat.governance.ballots.queries import extensions_of, objections_to, roll_rows, tally_so_far
from secretariat.governance.ballots.states import Choice, Outcome
from secretariat.governance.ballots.subjects import subject_of
from secretariat.governance.powers.queries import resting_on

MOST_NAMES = 200  # on one screen; a longer roll is a list of its own


@dataclass(frozen=True)
class Bar:
    """One choice: its weight, and where it stands on a bar a hundred wide."""

    choice: str
    label: Any
    weight: str
    start: str
    length: str


@dataclass(frozen=True)
class Picture:
    """All that a tally shows. ``outcome`` is what it would be now, or what it was."""

    bars: list[Bar]
    voted: str
    entitled: str
    needed: int
    needed_at: str
    outcome: str
    outcome_label: Any
    there: int
    quorum_needed: int
    is_over: bool

    @property
    def has_quorum(self) -> bool:
        return self.there >= self.quorum_needed


def picture_of(ballot: Ballot) -> Picture:
    """Return how a ballot stands, or how it ended."""
    result = Result.objects.filter(ballot=ballot).first()
    if result is not None:
        weights = {c: Fraction(getattr(result, c)) for c in Choice.values}
        numbers = (Fraction(result.entitled), result.needed, result.quorum_present, result.quorum_needed)
        return _picture(weights, *numbers, result.outcome, is_over=True)
    found: Standing = tally_so_far(ballot)
    weights = {c: getattr(found.totals, c) for c in Choice.values}
    numbers = (found.totals.entitled, found.decision.needed, found.there, found.quorum_needed)
    return _picture(weights, *numbers, found.outcome, is_over=False)


def _picture(
    weights: dict[str, Fraction], entitled: Fraction, needed: int, there: int, quorum: int, outcome: str,
    *, is_over: bool,
) -> Picture:  # fmt: skip
    whole, start, bars = entitled or Fraction(1), Fraction(0), []
    for choice in (Choice.YES, Choice.NO, Choice.ABSTAIN):
        share = weights[choice] / whole
        bars.append(
            Bar(choice.value, choice.label, number(weights[choice]), _percent(start), _percent(share))
        )
        start += share
    return Picture(
        bars, number(sum(weights.values(), Fraction(0))), number(entitled), needed,
        _percent(min(Fraction(1), needed / whole)), outcome, Outcome(outcome).label, there, quorum, is_over,
    )  # fmt: skip


def number(weight: Fraction) -> str:
    """Return a weight without needless noughts: 3, or 2.5."""
    return f"{float(weight):.6f}".rstrip("0").rstrip(".")


def _percent(share: Fraction) -> str:
    return f"{float(100 * share):.3f}%"


def told_beside(ballot: Ballot, is_kept: bool = False) -> dict[str, Any]:
    """Return what pages tell beside the numbers: of what it is, objections, more time, what its power rests on.

    ``is_kept``: the reader is recused, and hears no objection.
    """
    objected = ballot.method == "silence" and ballot.roll_digest and not is_kept
    return {
        "subject": subject_of(ballot),
        "objections": objections_to(ballot) if objected else [],
        "extensions": extensions_of(ballot) if ballot.closes_at and ballot.roll_digest else [],
        "resting_on": _resting_on(ballot) if ballot.power_id else "",
    }


def names_of(ballot: Ballot) -> list[RollLine] | None:
    """Return the roll for a screen that shows every name; None where it is too long for that."""
    lines = list(roll_rows(ballot).order_by("position")[: MOST_NAMES + 1])
    return lines if len(lines) <= MOST_NAMES else None


def drawn(ballot: Ballot, request: HttpRequest) -> SafeString:
    """Return how a ballot stands, drawn, for a page of another app."""
    return render_to_string(
        "ballots/tally.html", {"ballot": ballot, "picture": picture_of(ballot)}, request=request
    )


def _resting_on(ballot: Ballot) -> str:
    """What the power rests on that the body used when it was asked; today, while it has not been."""
    return resting_on(ballot.body, ballot.power, timezone.localdate(ballot.opened_at or timezone.now()))
