"""Votes added up: by what was said, with their weights, against who was there and who might."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Choice = Literal["yes", "no", "abstain"]
CHOICES: tuple[Choice, ...] = ("yes", "no", "abstain")


@dataclass(frozen=True)
class Voter:
    """One line of a roll: who is ``recused`` counts nowhere; ``present`` in person, by proxy or at a distance."""

    key: str
    weight: Fraction = Fraction(1)
    present: bool = True
    recused: bool = False


@dataclass(frozen=True)
class Totals:
    """Weights by what was said, and of those present and entitled. Recused voters are in none of them."""

    yes: Fraction
    no: Fraction
    abstain: Fraction
    present: Fraction
    entitled: Fraction

    @property
    def voted(self) -> Fraction:
        return self.yes + self.no + self.abstain


def count(roll: Collection[Voter], votes: Iterable[tuple[str, Choice]]) -> Totals:
    """Add up the votes of a roll. Who voted was there, whatever the list of those present says.

    Raises:
        ValueError: a voter stands on the roll twice, voted twice, is recused or is not on the roll; the weight of one
            is not positive; a choice is none of the three.
    """
    voters = {voter.key: voter for voter in roll}
    if len(voters) != len(roll):
        raise ValueError("A voter stands on the roll twice.")
    if light := [voter.key for voter in roll if voter.weight <= 0]:
        raise ValueError(f"{light[0]}: a weight is above zero.")
    said: dict[str, Fraction] = dict.fromkeys(CHOICES, Fraction(0))
    voted: set[str] = set()
    for key, choice in votes:
        if key in voted:
            raise ValueError(f"{key} voted twice.")
        if key not in voters or voters[key].recused:
            raise ValueError(f"{key} has no vote here.")
        if choice not in said:
            raise ValueError(f"'{choice}' is no vote: {', '.join(CHOICES)}.")
        voted.add(key)
        said[choice] += voters[key].weight
    counted = [voter for voter in roll if not voter.recused]
    return Totals(
        **said,
        present=sum((v.weight for v in counted if v.present or v.key in voted), Fraction(0)),
        entitled=sum((v.weight for v in counted), Fraction(0)),
    )
