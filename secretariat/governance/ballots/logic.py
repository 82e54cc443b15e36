"""The rules of a ballot as the engine takes them, and its votes as the engine counts them. Plain values only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal, Protocol
from uuid import UUID

from secretariat.engines.tally import majority as majorities
from secretariat.engines.tally.counting import Totals, Voter, count
from secretariat.engines.tally.majority import Decision, Majority, decide
from secretariat.engines.tally.quorum import Quorum


@dataclass(frozen=True)
class Place:
    """A vote there is, as whoever knows the electorate hands it down.

    It belongs to a person or an organisation and is cast by ``voter``; ``source`` and ``why`` say where that is
    recorded, in words by language. ``recusal`` is why its holder takes no part.
    """

    source: str
    why: Mapping[str, str]
    person: UUID | None = None
    organisation: UUID | None = None
    voter: UUID | None = None
    by_proxy: bool = False
    weight: Decimal = Decimal(1)
    is_present: bool = True
    is_chair: bool = False
    recusal: Mapping[str, str] | None = field(default=None)


class Measured(Protocol):
    """Whatever carries the rules of a decision: see models.Rules."""

    majority: str
    base: Any
    quorum_parts: int
    quorum_of: int
    quorum_exceeds: bool
    quorum_least: int


def majority_of(rules: Measured) -> Majority:
    """Return the majority that the rules name."""
    if rules.majority == "simple":
        return majorities.simple()
    make = {
        "absolute": majorities.absolute,
        "two_thirds": majorities.two_thirds,
        "three_quarters": majorities.three_quarters,
    }
    return make[rules.majority](rules.base)


def quorum_of(rules: Measured) -> Quorum:
    """Return the quorum that the rules ask for."""
    share = Fraction(rules.quorum_parts, rules.quorum_of)
    return Quorum(share, rules.quorum_exceeds, rules.quorum_least)


@dataclass(frozen=True)
class Hands:
    """Hands counted in the room, each of weight one."""

    yes: int = 0
    no: int = 0
    abstain: int = 0

    @property
    def total(self) -> int:
        return self.yes + self.no + self.abstain


@dataclass(frozen=True)
class Standing:
    """How a ballot stands: totals, what a decision would be by now, and whether enough are there."""

    totals: Totals
    decision: Decision
    outcome: str
    there: int
    quorum_needed: int

    @property
    def has_quorum(self) -> bool:
        return self.there >= self.quorum_needed


def standing(
    rules: Measured, roll: Sequence[Voter], votes: Mapping[str, Any], *, hands: Hands = Hands(), silence: bool = False,
    casting: Literal["yes", "no"] | None = None, heads: Mapping[str, int] | None = None,
) -> Standing:  # fmt: skip
    """Count what was said and hold it to the rules.

    ``votes`` are choices by the key of a line; of ``hands`` nobody knows whose they are, so they count one each.
    Silence carries unless somebody objects; it asks for no quorum, since nobody meets. Where ``heads`` are given, a
    voter of the roll stands for so many who all did the same, with their weights together.
    """
    said = count(roll, votes.items())
    totals = Totals(
        said.yes + hands.yes, said.no + hands.no, said.abstain + hands.abstain, said.present, said.entitled
    )
    many = {voter.key: heads[voter.key] if heads else 1 for voter in roll if not voter.recused}
    all_heads = sum(many.values())
    there = sum(many[v.key] for v in roll if not v.recused and (v.present or v.key in votes))
    if silence:
        carried = Decision(
            "rejected" if totals.no else "adopted", totals.entitled - totals.no, totals.entitled, 0
        )
        return Standing(totals, carried, carried.outcome, all_heads, 0)
    decision, needed = (
        decide(majority_of(rules), totals, casting=casting),
        quorum_of(rules).needed(all_heads),
    )
    return Standing(totals, decision, decision.outcome if there >= needed else "no_quorum", there, needed)
