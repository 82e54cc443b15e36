"""Whether enough are there to decide anything."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Quorum:
    """A share of those entitled who must be there, reached or exceeded, and never fewer than ``least``.

    Raises:
        ValueError: the share is below nothing or above all, or the least number is negative.
    """

    share: Fraction = Fraction(1, 2)
    exceeds: bool = True
    least: int = 1

    def __post_init__(self) -> None:
        if not 0 <= self.share <= 1 or (self.exceeds and self.share == 1):
            raise ValueError(f"{self.share} is no share that a quorum can have.")
        if self.least < 0:
            raise ValueError("A quorum asks for no negative number.")

    def needed(self, entitled: int) -> int:
        """Return the least number of voters who must be there when so many are entitled."""
        wanted = self.share * entitled
        whole = -(-wanted.numerator // wanted.denominator)
        return max(self.least, whole + 1 if self.exceeds and whole == wanted else whole)

    def is_met(self, present: int, entitled: int) -> bool:
        """Whether so many of those entitled are enough. Heads are counted, not weights."""
        return present >= self.needed(entitled)
