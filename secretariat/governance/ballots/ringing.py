"""Open pages hear of votes about once a second, however fast they come: a ring takes a lock at commit."""

import time
from uuid import UUID

from secretariat.foundation.live.actions import ring

EVERY = 1.0  # seconds
_LAST: dict[UUID, float] = {}


def ring_for_vote(ballot: UUID) -> None:
    """Ring for a vote unless this process did so within the last second; a page that waits asks again by itself."""
    now = time.monotonic()
    if now - _LAST.get(ballot, -EVERY) >= EVERY:
        if len(_LAST) > 100:
            _LAST.clear()
        _LAST[ballot] = now
        ring(f"ballot:{ballot}")
