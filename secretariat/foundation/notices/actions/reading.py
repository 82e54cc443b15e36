from datetime import datetime
from uuid import UUID

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.notices import queries
from secretariat.foundation.notices.models import Mark, Notice


def mark_read(*, notice: Notice, actor: Actor, now: datetime) -> None:
    """Note that the actor has opened a notice of hers. The first time counts."""
    Mark.objects.filter(notice=notice, account=actor.account_id, read_at=None).update(read_at=now)


def mark_all_read(*, actor: Actor, now: datetime, shown: UUID | None = None) -> int:
    """Note that the actor has read all she was told, as far as the newest she was shown. Returns how many."""
    unread = Mark.objects.filter(account=actor.account_id, read_at=None)
    if shown is not None:
        # What arrived while she looked at the page she has not seen.
        newest = queries.get_notice_for(actor, shown)
        unread = unread.filter(notice__told_at__lte=newest.told_at) if newest else unread.none()
    return unread.update(read_at=now)
