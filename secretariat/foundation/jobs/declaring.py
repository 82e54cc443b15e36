"""How an app declares a job: ``@job("notices.send_message")`` above a function in its ``tasks.py``."""

import logging
from collections.abc import Callable, Sequence
from typing import Any

from django.utils import timezone, translation
from procrastinate import BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from secretariat.foundation.jobs.logic import SHORT, next_try

Function = Callable[..., Any]
logger = logging.getLogger(__name__)


class Hopeless(Exception):
    """Trying again would not help; the job fails at once."""


class Backoff(BaseRetryStrategy):
    """Try again after each of these waits, in seconds, and then no more."""

    def __init__(self, waits: Sequence[int]) -> None:
        self.waits = tuple(waits)

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, Hopeless):
            return None
        at = next_try(job.attempts, timezone.now(), self.waits)
        return RetryDecision(retry_at=at) if at else None


def job(
    name: str, *, queue: str = "default", waits: Sequence[int] = SHORT, every: str = "",
    gives_up: Function | None = None,
) -> Callable[[Function], Function]:  # fmt: skip
    """Declare a job. The function is called with its arguments and ``now``, by keyword.

    ``every`` is a cron line for what is done by the clock (a sixth field, if wanted, for seconds): never two wait.
    ``gives_up`` is called like the function, and with the ``error``, when no try is left, so that the failure is
    recorded where people look.
    """

    def declare(function: Function) -> Function:
        backoff = Backoff(waits)

        def run(context: JobContext, timestamp: int | None = None, **arguments: Any) -> None:
            now = timezone.now()
            with translation.override("en"):
                try:
                    function(now=now, **arguments)
                except Exception as error:
                    if gives_up and backoff.get_retry_decision(exception=error, job=context.job) is None:
                        gives_up(now=timezone.now(), error=error, **arguments)
                    raise

        task = app.task(
            name=name, queue=queue, retry=backoff, pass_context=True, queueing_lock=name if every else None
        )(run)
        if every:
            app.periodic(cron=every)(task)
        return function

    return declare
