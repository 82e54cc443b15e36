from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Min, Q, QuerySet
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from secretariat.foundation.jobs.logic import SILENCE


@dataclass(frozen=True)
class QueueHealth:
    """How the queue stands: workers alive, jobs that wait or failed, and since when the oldest is due."""

    workers: int
    waiting: int
    failed: int
    due_since: datetime | None

    def is_well(self, now: datetime, patience: timedelta = timedelta(minutes=5)) -> bool:
        """Whether somebody works and nothing due has waited for long."""
        return self.workers > 0 and (self.due_since is None or now - self.due_since < patience)


def queue_health(now: datetime) -> QueueHealth:
    """Return how the queue stands. Two statements."""
    due = Q(status="todo") & (Q(scheduled_at=None) | Q(scheduled_at__lte=now))
    counts = ProcrastinateJob.objects.aggregate(
        waiting=Count("pk", filter=Q(status="todo"), distinct=True),
        failed=Count("pk", filter=Q(status="failed"), distinct=True),
        due_since=Min("procrastinateevent__at", filter=due),
    )
    alive = ProcrastinateWorker.objects.filter(last_heartbeat__gte=now - SILENCE).count()
    return QueueHealth(workers=alive, **counts)


def failed_jobs() -> QuerySet[ProcrastinateJob]:
    """Return the jobs that were given up, latest first, each with ``failed_at``."""
    failed = ProcrastinateJob.objects.filter(status="failed")
    at = Max("procrastinateevent__at", filter=Q(procrastinateevent__type="failed"))
    return failed.annotate(failed_at=at).order_by("-failed_at", "-pk")
