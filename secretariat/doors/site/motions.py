"""Adopted motions as everybody reads them: the text, and the way it took."""

from dataclasses import dataclass

from secretariat.governance.ballots.models import Result
from secretariat.governance.ballots.showing import Picture, picture_of
from secretariat.governance.motions.models import Backing, Motion, Version
from secretariat.governance.motions.queries import (
    adopted_version,
    backings_of,
    published_motions,
    versions_of,
)
from secretariat.governance.motions.showing import Amended, Resting, clauses_of, power_of


@dataclass(frozen=True)
class MotionPage:
    """All that the page of an adopted motion shows."""

    motion: Motion
    adopted: Version
    versions: list[Version]
    backings: list[Backing]
    amendments: list[Amended]
    picture: Picture
    result: Result
    resting: Resting | None

    @property
    def seconders(self) -> list[Backing]:
        return [backing for backing in self.backings if backing.part == "seconder"]

    @property
    def is_amended(self) -> bool:
        return self.adopted.text != self.motion.text


def motion_page(number: str) -> MotionPage | None:
    """Return what the page of a published motion shows; None where there is none with this number."""
    motion = published_motions().filter(ref__number=number).first()
    adopted = adopted_version(motion) if motion else None
    if motion is None or adopted is None:
        return None
    amendments = [it for clause in clauses_of(motion) for it in clause.amendments]
    return MotionPage(
        motion, adopted, versions_of(motion), backings_of(motion),
        sorted(amendments, key=lambda it: it.amendment.number), picture_of(motion.ballot), motion.ballot.result,
        power_of(motion),
    )  # fmt: skip
