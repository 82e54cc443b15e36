from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.privacy.models import Disclosure

# The rights that open what is not for everybody, the nearest first.
OPENING = ("desk.run", "desk.read", "security.administer", "audit.read", "system.run")


def disclose(
    *, owners: Collection[UUID], what: str, about: str = "", fields: str = "", actor: Actor, now: datetime
) -> None:  # fmt: skip
    """Keep that the actor was shown something of these people: once a day for each reader and thing.

    ``fields`` are the names of what was shown; why is the right that opened it. What somebody sees of herself is no
    disclosure, nor what nobody in particular sees. What a program of the organisation was shown, who answers for its
    token was shown. One statement.
    """
    if (reader := actor.account_id or actor.responsible_id) is None:
        return
    why = next((right for right in OPENING if actor.has(right)), "")
    hers = {reader, actor.person_id, actor.acting_for_id}
    Disclosure.objects.bulk_create(
        [
            Disclosure(
                reader_id=reader, acting_for_id=actor.acting_for_id, owner_id=owner, what=what,
                about=about[:80], fields=fields[:300], why=why, door=actor.door,
                at=now, on=timezone.localdate(now),
            )
            for owner in sorted(set(owners) - hers)
        ],
        ignore_conflicts=True, batch_size=1000,
    )  # fmt: skip
