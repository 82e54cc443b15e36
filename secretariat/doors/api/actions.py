from datetime import datetime, timedelta
from uuid import UUID

from secretariat.doors.api.models import KeptAnswer

KEPT_FOR = timedelta(days=1)


def reserve_key(*, owner: UUID, key: str, request_digest: str, now: datetime) -> tuple[KeptAnswer, bool]:
    """Take a key for a request inside the caller's transaction; return its row, and whether the key was free.

    Whoever sends the same key at the same moment waits here until the first transaction has ended.
    """
    KeptAnswer.objects.filter(at__lte=now - KEPT_FOR).delete()
    mine = KeptAnswer(owner=owner, key=key, request_digest=request_digest, at=now)
    KeptAnswer.objects.bulk_create([mine], ignore_conflicts=True)
    kept = KeptAnswer.objects.get(owner=owner, key=key)
    return kept, kept.pk == mine.pk


def keep_answer(*, kept: KeptAnswer, status: int, body: str) -> None:
    """Keep what was answered."""
    kept.status, kept.body = status, body
    kept.save(update_fields=["status", "body"])
