from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from procrastinate import exceptions, sql
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import JobDeferrer
from procrastinate.manager import JobManager

from secretariat.foundation.audit import actions as audit
from secretariat.foundation.jobs import rules
from secretariat.foundation.jobs.logic import RESCUES, SILENCE

# Always Django's own connection: inside a worker the library's would be another, outside the job's transaction.
_QUEUE = JobManager(connector=DjangoConnector())


def defer(
    name: str, *, at: datetime | None = None, one_at_a_time: str | None = None, **arguments: Any
) -> int:
    """Enqueue a declared job as part of the caller's transaction. Returns its number.

    ``at`` is when it may be done at the earliest. Of the jobs that share ``one_at_a_time`` only one runs at once,
    in the order in which they came. Arguments are ids and plain values, and no secrets: they stand in the queue.
    """
    return _deferrer(name, at, one_at_a_time).defer(**arguments)


def defer_many(name: str, arguments: Iterable[Mapping[str, Any]], *, at: datetime | None = None) -> list[int]:
    """Enqueue one job for each set of arguments, all in one statement."""
    every = [dict(some) for some in arguments]
    return _deferrer(name, at, None).batch_defer(*every) if every else []


def _deferrer(name: str, at: datetime | None, lock: str | None) -> JobDeferrer:
    app.perform_import_paths()
    if name not in app.tasks:
        raise LookupError(f"No app declares the job '{name}'.")
    deferrer = app.tasks[name].configure(schedule_at=at, lock=lock)
    return JobDeferrer(job=deferrer.job, job_manager=_QUEUE)


def rescue_stalled(*, now: datetime) -> int:
    """Give back the jobs whose worker died. Returns how many; one that killed its workers too often fails."""
    dead = Q(worker=None) | Q(worker__last_heartbeat__lt=now - SILENCE)
    with transaction.atomic():
        stalled = (
            ProcrastinateJob.objects.filter(dead, status="doing")
            .select_for_update(of=("self",), skip_locked=True)
            .values_list("pk", "attempts")
        )
        for number, attempts in (found := list(stalled)):
            if attempts < RESCUES:
                _QUEUE.retry_job_by_id(number, retry_at=now)
            else:
                _QUEUE.connector.execute_query(
                    sql.queries["finish_job"], job_id=number, status="failed", delete_job=False
                )
    return len(found)


def forget_old(*, now: datetime, keep: timedelta = timedelta(days=60)) -> int:
    """Remove what failed or was cancelled long ago. Returns how many; what succeeded leaves by itself."""
    ended = ["failed", "cancelled", "aborted"]
    old = list(
        ProcrastinateJob.objects.filter(status__in=ended)
        .exclude(procrastinateevent__at__gte=now - keep)
        .values_list("pk", flat=True)
    )
    # The library's models refuse to be written through.
    ProcrastinateJob.objects.filter(pk__in=old)._raw_delete(using="default")
    return len(old)


def retry_failed(*, number: int, actor: Any, now: datetime) -> None:
    """Let a failed job be tried once more."""
    if not rules.can_run_jobs(actor):
        # The refusal of the actions stands with the accounts, above this app.
        raise PermissionDenied(_("You may not try a job again."))
    with audit.act("job_retried", actor=actor, now=now, job=number):
        try:
            _QUEUE.retry_job_by_id(number, retry_at=now)
        except exceptions.ConnectorException as error:
            raise ValueError(_("This job has not failed.")) from error
