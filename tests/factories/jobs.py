"""A worker inside the test's transaction, and one in a process and a database of its own."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from procrastinate import sql
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job

from secretariat.foundation.jobs.actions import _QUEUE

ROOT = Path(__file__).resolve().parents[2]


def waiting(name=None):
    """The arguments of the jobs that wait, in their order."""
    jobs = ProcrastinateJob.objects.filter(status="todo").order_by("pk")
    return [job.args for job in (jobs.filter(task_name=name) if name else jobs)]


def work_off(limit=100):
    """Do what is due, as a worker would, in this thread and transaction. Returns (name, outcome) of each try."""
    connector, done = _QUEUE.connector, []
    worker = connector.execute_query_one(sql.queries["register_worker"])["worker_id"]
    for _ in range(limit):
        row = connector.execute_query_one(sql.queries["fetch_job"], queues=None, worker_id=worker)
        if row["id"] is None:
            return done
        done.append((row["task_name"], _do(Job.from_row({**row, "args": json.loads(row["args"])}))))
    raise AssertionError(f"after {limit} jobs there are still more")


def _do(job):
    task = app.tasks[job.task_name]
    context = JobContext(app=app, job=job, start_timestamp=time.time(), abort_reason=lambda: None)
    try:
        task.func(context, **job.task_kwargs)
    except Exception as error:
        if retry := task.get_retry_exception(exception=error, job=job):
            _QUEUE.retry_job_by_id(job.id, retry_at=retry.retry_decision.retry_at)
            return "again"
        _end(job, "failed", delete=False)
        return "failed"
    _end(job, "succeeded", delete=True)
    return "done"


def _end(job, status, *, delete):
    _QUEUE.connector.execute_query(sql.queries["finish_job"], job_id=job.id, status=status, delete_job=delete)


@contextmanager
def own_database(name):
    """A copy of the tests' database that other processes see; the address of its owner is given."""
    at = settings.DATABASES["default"]
    connection.close()
    with _administrator(at) as administrator:
        administrator.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        administrator.execute(f'CREATE DATABASE "{name}" TEMPLATE "{at["NAME"]}"')
    host = str(at["HOST"]).replace("%", "%25").replace("/", "%2F")
    try:
        yield f"postgres://owner@{host}/{name}"
    finally:
        with _administrator(at) as administrator:
            administrator.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _administrator(at):
    import psycopg

    return psycopg.connect(
        host=at["HOST"] or None, port=at["PORT"] or None, user=at["USER"] or None,
        password=at["PASSWORD"] or None, dbname="postgres", autocommit=True,
    )  # fmt: skip


@contextmanager
def worker_process(url, module="tests.foundation.jobs.samples", **environment):
    """A worker in a process of its own; whatever becomes of it, it is gone afterwards."""
    environment = {
        **os.environ, "DATABASE_URL": url, "SECRETARIAT_MODE": "demo", "PYTHONPATH": str(ROOT), **environment
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-m", module], cwd=ROOT, env=environment, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()


def until(condition, seconds=40):
    """Wait until something holds; fail when it does not within so many seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.1)
    raise AssertionError("it did not happen in time")
