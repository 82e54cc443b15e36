"""When votes carry a question: fractions of a base, compared without rounding."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from secretariat.engines.tally.counting import Totals

Base = Literal["cast", "voting", "present", "entitled"]
Outcome = Literal["adopted", "rejected", "tied"]
BASES: tuple[Base, ...] = ("cast", "voting", "present", "entitled")


@dataclass(frozen=True)
class Majority:
    """A share of a base that yes must reach, or exceed where ``exceeds``.

    ``cast`` is yes and no together; ``voting`` adds those who abstained; ``present`` everybody there who may vote;
    ``entitled`` everybody who may vote.

    Raises:
        ValueError: the share is not between nothing and all, or the base is none of the four.
    """

    share: Fraction
    base: Base
    exceeds: bool = False

    def __post_init__(self) -> None:
        if self.base not in BASES:
            raise ValueError(f"'{self.base}' is no base of a majority: {', '.join(BASES)}.")
        if not 0 < self.share <= 1 or (self.exceeds and self.share == 1):
            raise ValueError(f"{self.share} is no share that a majority can have.")

    def is_reached(self, yes: Fraction, of: Fraction) -> bool:
        """Whether ``yes`` carries against a base of this weight. Nobody's yes carries nothing."""
        wanted = self.share * of
        return yes > 0 and (yes > wanted if self.exceeds else yes >= wanted)

    def needed(self, of: Fraction) -> int:
        """Return the least whole number of votes that carries against a base of this weight; at least one."""
        wanted = self.share * of
        whole = -(-wanted.numerator // wanted.denominator)
        return max(1, whole + 1 if self.exceeds and whole == wanted else whole)


def simple() -> Majority:
    """More yes than no."""
    return Majority(Fraction(1, 2), "cast", exceeds=True)


def absolute(base: Base) -> Majority:
    """More than half of the base."""
    return Majority(Fraction(1, 2), base, exceeds=True)


def two_thirds(base: Base) -> Majority:
    """At least two thirds of the base."""
    return Majority(Fraction(2, 3), base)


def three_quarters(base: Base) -> Majority:
    """At least three quarters of the base."""
    return Majority(Fraction(3, 4), base)


@dataclass(frozen=True)
class Decision:
    """An outcome and what it was measured by: yes against ``needed`` of ``of``."""

    outcome: Outcome
    yes: Fraction
    of: Fraction
    needed: int


def weight_of_base(base: Base, totals: Totals) -> Fraction:
    """Return the weight that a majority of this base is measured against."""
    weights: Mapping[Base, Fraction] = {
        "cast": totals.yes + totals.no,
        "voting": totals.yes + totals.no + totals.abstain,
        "present": totals.present,
        "entitled": totals.entitled,
    }
    return weights[base]


def decide(majority: Majority, totals: Totals, *, casting: Literal["yes", "no"] | None = None) -> Decision:
    """Say whether the votes carry.

    ``tied`` is said only where as many are for as against and one vote more would carry; ``casting`` is the vote with
    which the rules let the chair end that.
    """
    of = weight_of_base(majority.base, totals)
    told = Decision("rejected", totals.yes, of, majority.needed(of))
    if majority.is_reached(totals.yes, of):
        return Decision("adopted", told.yes, of, told.needed)
    half = majority.exceeds and totals.yes > 0 and totals.yes == majority.share * of
    if not (half and totals.yes == totals.no):
        return told
    outcomes: Mapping[str | None, Outcome] = {"yes": "adopted", "no": "rejected", None: "tied"}
    return Decision(outcomes[casting], told.yes, of, told.needed)
