"""PostgreSQL's own tools, called with the connection that the settings name."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.db import connections

# What libpq reads from the environment: a password on the command line would be seen by everybody on the machine.
VARIABLES = {
    "host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY",
    "options": "PGOPTIONS", "service": "PGSERVICE",
}  # fmt: skip


class ToolError(Exception):
    """A tool of PostgreSQL is missing, too old, or failed; the message says which and why."""


def owner() -> str:
    """Return the connection that may read and make everything."""
    return "owner" if "owner" in connections else "default"


def tool(name: str) -> Path:
    """Return a tool of PostgreSQL: the one of the embedded server, or the one on the path."""
    try:
        embedded = settings.CLUSTER.binaries / name
    except Exception:  # no server here: the database runs elsewhere, and its tools may be on the path
        embedded = None
    if embedded and embedded.exists():
        return embedded
    if found := shutil.which(name):
        return Path(found)
    raise ToolError(f"{name} was not found; it comes with PostgreSQL's client programs.")


def require_tool_for_server(name: str) -> None:
    """Raise ToolError if the tool is older than the server: it would refuse in the middle."""
    said = subprocess.run([tool(name), "--version"], capture_output=True, text=True, check=True).stdout
    version = int(re.search(r"(\d+)", said.partition(")")[2])[1])
    with connections[owner()].cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        server = int(cursor.fetchone()[0]) // 10000
    if version < server:
        raise ToolError(f"{name} is of version {version} and the server of {server}: it must not be older.")


def environment() -> dict[str, str]:
    """Return the environment of a tool, with the owner's connection."""
    told: dict[str, Any] = connections[owner()].get_connection_params()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | {VARIABLES[name]: str(value) for name, value in told.items() if name in VARIABLES and value}


@contextmanager
def dumping(snapshot: str) -> Iterator[BinaryIO]:
    """Give the dump of the database as it was in a snapshot, as a stream.

    Raises:
        ToolError: the dump failed, at whatever place.
    """
    command = [tool("pg_dump"), "--format=custom", "--no-owner", f"--snapshot={snapshot}"]
    with _running(command, stdout=subprocess.PIPE) as process:
        yield process.stdout


@contextmanager
def restoring() -> Iterator[BinaryIO]:
    """Give a stream that takes a dump and makes the database of it, whole or not at all."""
    command = [
        tool("pg_restore"), "--no-owner", "--single-transaction", "--exit-on-error",
        "--dbname", connections[owner()].settings_dict["NAME"],
    ]  # fmt: skip
    with _running(command, stdin=subprocess.PIPE) as process:
        yield process.stdin
        process.stdin.close()


@contextmanager
def reading() -> Iterator[BinaryIO]:
    """Give a stream that takes a dump and reads it to its end, for nothing but to see that this can be done."""
    with _running([tool("pg_restore"), f"--file={os.devnull}"], stdin=subprocess.PIPE) as process:
        yield process.stdin
        process.stdin.close()


@contextmanager
def _running(command: list[Any], **pipes: Any) -> Iterator[subprocess.Popen]:
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(command, env=environment(), stderr=errors, **pipes)
        try:
            with suppress(BrokenPipeError):  # it ended before it had read all: its own words say why
                yield process
            code = process.wait()
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe and not pipe.closed:
                    _close(pipe)
        if code:
            errors.seek(0)
            lines = errors.read().decode(errors="replace").strip().splitlines()
            raise ToolError(f"{Path(command[0]).name} failed: {lines[0] if lines else f'exit {code}'}")


def _close(pipe: BinaryIO) -> None:
    with suppress(BrokenPipeError):
        pipe.close()
