"""``/healthz`` and ``/readyz``, answered before everything else: a probe has no session and names no host of ours."""

import shutil
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

FREE_BYTES = 256 * 1024 * 1024
_applied = False  # once they are, they stay so for as long as this process runs


def probe_middleware(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer the two probes, and pass on every other request."""

    def probed(request: HttpRequest) -> HttpResponse:
        if request.path == "/healthz":
            return HttpResponse("lives\n", content_type="text/plain", headers={"Cache-Control": "no-store"})
        if request.path == "/readyz":
            found = readiness()
            status = 200 if all(found.values()) else 503
            response = JsonResponse(found, status=status, headers={"Cache-Control": "no-store"})
            response._has_been_logged = True  # who asks every few seconds needs no line for each answer
            return response
        return answer(request)

    return probed


def readiness() -> dict[str, bool]:
    """Return what this process needs for its work, and whether it is there. It tells nothing else to strangers."""
    database = _database_answers()
    return {
        "database": database,
        "migrations": database and migrations_are_applied(),
        "log_key": log_key_is_there(),
        "disk": shutil.disk_usage(settings.VAR).free >= FREE_BYTES,
    }


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def migrations_are_applied() -> bool:
    """Return whether every table is as this version of the product expects it."""
    global _applied
    if not _applied:
        executor = MigrationExecutor(connection)
        _applied = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _applied


def log_key_is_there() -> bool:
    """Return whether the sealer has made its key: its public half is there for whoever checks the log."""
    return settings.LOG_KEY.with_suffix(".pub").exists()
