"""Making a backup: everything as it was at one moment, in one file."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connections, transaction
from django.db.migrations.recorder import MigrationRecorder

from secretariat.doors.operations.archive import database, keys
from secretariat.doors.operations.archive.manifest import DATABASE, KEYS_OPEN, KEYS_SEALED, NAME, Manifest
from secretariat.doors.operations.archive.writing import CHUNK, Writer
from secretariat.engines.commands.release import version
from secretariat.foundation.audit.models import LogHead
from secretariat.foundation.audit.queries import origin
from secretariat.foundation.files.models import File


@dataclass(frozen=True)
class Moment:
    """The state of the database that the whole backup shows."""

    snapshot: str
    postgresql: str
    migrations: list[list[str]]
    rows: dict[str, int]
    log_size: int
    log_head: str


def make(target: Path, *, now: datetime, passphrase: str = "", with_keys: bool = True) -> Manifest:
    """Write a backup to ``target`` and return what it says of itself. Nothing is there if it fails.

    Raises:
        ToolError: the database could not be dumped.
        OSError: the target could not be written.
    """
    database.require_tool_for_server("pg_dump")
    with Writer(target, now.timestamp()) as writer, _moment() as moment:
        with database.dumping(moment.snapshot) as dump:
            writer.add_stream(DATABASE, dump)
        damaged = list(_write_files(writer))
        files = sum(str(member["name"]).startswith("files/") for member in writer.members)
        if with_keys:
            packed = keys.pack(keys.collect(settings.VAR / "keys", settings.LOG_KEY))
            writer.add(*((KEYS_SEALED, keys.seal(packed, passphrase)) if passphrase else (KEYS_OPEN, packed)))
        manifest = Manifest(
            made_at=now, version=version(), postgresql=moment.postgresql, origin=origin(),
            log_size=moment.log_size, log_head=moment.log_head, migrations=moment.migrations, rows=moment.rows,
            files=files, members=list(writer.members), damaged=damaged,
        )  # fmt: skip
        writer.add(NAME, manifest.to_json())
    return manifest


@contextmanager
def _moment() -> Iterator[Moment]:
    """Hold one snapshot of the database for the length of the block; every statement of ours and the dump see it."""
    using = database.owner()
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot(), current_setting('server_version')")
        snapshot, postgresql = cursor.fetchone()
        head = LogHead.objects.using(using).order_by("-size").first()
        applied = sorted(list(pair) for pair in MigrationRecorder(connections[using]).applied_migrations())
        yield Moment(
            snapshot,
            postgresql,
            applied,
            count_rows(using),
            head.size if head else 0,
            head.note if head else "",
        )


def count_rows(using: str) -> dict[str, int]:
    """Return the number of rows of every table of the product, in one statement."""
    tables = sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True)})
    there = set(connections[using].introspection.table_names())
    counts = " UNION ALL ".join(f"SELECT '{t}', count(*) FROM \"{t}\"" for t in tables if t in there)
    with connections[using].cursor() as cursor:
        cursor.execute(counts)
        return dict(cursor.fetchall())


def _write_files(writer: Writer) -> Iterator[str]:
    """Write every file once; yield the keys of those that are missing or not what they should be."""
    kept = File.objects.using(database.owner()).filter(erased_at=None)
    kept = kept.order_by("storage_key").distinct("storage_key")
    for row in kept.values("storage_key", "sha256").iterator():
        if not default_storage.exists(row["storage_key"]):
            yield row["storage_key"]
            continue
        with default_storage.open(row["storage_key"], "rb") as stream:
            found = writer.add_stream(f"files/{row['storage_key']}", stream)
        if found != row["sha256"]:
            yield row["storage_key"]


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
