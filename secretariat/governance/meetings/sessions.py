"""When bodies met and will meet, for whoever asks below: bodies do not know meetings."""

from collections.abc import Collection
from uuid import UUID

from secretariat.governance.bodies.sessions import Session
from secretariat.governance.meetings.models import Meeting

HELD = ("open", "closed")


def sessions(bodies: Collection[UUID]) -> dict[UUID, list[Session]]:
    """Return the meetings of bodies as their sessions; those that were cancelled are none. One statement."""
    found: dict[UUID, list[Session]] = {}
    for meeting in Meeting.objects.filter(body__in=bodies).exclude(state="cancelled"):
        found.setdefault(meeting.body_id, []).append(
            Session(
                meeting.day, meeting.title_en, meeting.title_zh, meeting.state in HELD,
                meeting.audience == "public" and meeting.state != "planned",
            )
        )  # fmt: skip
    return found
