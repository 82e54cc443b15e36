from datetime import datetime
from uuid import UUID

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.audit import actions as audit
from secretariat.record.mailings.models import Copy, Refusal


def refuse_news(*, copy_id: UUID, actor: Actor, now: datetime) -> None:
    """Note that whoever got this copy wants no more news, by the link that came with it. Saying it twice is once."""
    copy = Copy.objects.get(pk=copy_id)
    asker = Actor(account_id=copy.account_id, door=actor.door)
    with audit.act("mailings_refused", actor=asker, now=now) as act:
        Refusal.objects.bulk_create(
            [Refusal(address=copy.address, refused_at=now, person_id=copy.person_id)], ignore_conflicts=True
        )
        act.on(Refusal.objects.get(address=copy.address))
