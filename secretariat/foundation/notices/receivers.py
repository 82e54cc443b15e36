from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from secretariat.foundation.live.actions import ring_all
from secretariat.foundation.notices.actions.telling import tell
from secretariat.foundation.notices.kinds import find_kind
from secretariat.foundation.notices.models import Notice

FEW = 8  # every ring takes a lock at commit; whoever is told with many others sees it at the next look


def tell_alert(
    *,
    accounts: Collection[UUID],
    kind: str,
    subject_id: UUID,
    now: datetime,
    data: dict[str, Any],
    **_signal: Any,
) -> None:
    """An account's owner learns what happened to it. What has no words of its own yet is told in general ones."""
    try:
        find_kind(kind)
    except LookupError:
        kind, data = "account_changed", {"what": kind}
    tell(accounts=accounts, kind=kind, subject_id=subject_id, now=now, **data)


def ring_inboxes(*, notices: Collection[Notice], **_signal: Any) -> None:
    """The open pages of those who were told count anew."""
    if len(notices) <= FEW:
        ring_all(f"account:{notice.account_id}" for notice in notices)
