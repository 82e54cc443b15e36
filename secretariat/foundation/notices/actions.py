from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from secretariat.foundation.notices.models import Notice


def tell(*, accounts: Collection[UUID], kind: str, subject_id: UUID, now: datetime, **data: object) -> int:
    """Put one notice in each inbox, inside the caller's transaction; telling the same again does nothing.

    Returns how many accounts there were to tell.
    """
    Notice.objects.bulk_create(
        [
            Notice(account_id=account, kind=kind, subject_id=subject_id, data=data, told_at=now)
            for account in accounts
        ],
        ignore_conflicts=True,
    )
    return len(accounts)
