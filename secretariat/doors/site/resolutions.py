"""Resolutions as everybody reads them: the text, how it was decided, and what becomes of it."""

from dataclasses import dataclass
from typing import Any

from secretariat.governance.ballots.showing import Picture, picture_of
from secretariat.governance.minutes.models import Resolution
from secretariat.governance.minutes.queries import actions_of, published_resolutions
from secretariat.governance.minutes.tables import standing_words


@dataclass(frozen=True)
class ResolutionPage:
    """All that the page of a published resolution shows. Of its actions nobody's name is shown."""

    resolution: Resolution
    picture: Picture
    actions: list[Any]
    standing: str

    @property
    def motion(self) -> Any:
        """The motion, where everybody may read it."""
        motion = self.resolution.motion
        return motion if motion is not None and motion.published_at else None

    @property
    def meeting(self) -> Any:
        """The meeting, where everybody may know of it."""
        meeting = self.resolution.item.meeting if self.resolution.item else None
        return meeting if meeting is not None and meeting.audience == "public" else None


def resolution_page(number: str) -> ResolutionPage | None:
    """Return what the page of a published resolution shows; None where there is none with this number."""
    found = published_resolutions().filter(ref__number=number).first()
    if found is None:
        return None
    return ResolutionPage(found, picture_of(found.ballot), actions_of(found), standing_words(found))
