"""Coming back from a backup: nothing is touched before the file was found whole and the place empty."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from secretariat.doors.operations.actions import put_back
from secretariat.doors.operations.archive import database, keys
from secretariat.doors.operations.archive.making import count_rows
from secretariat.doors.operations.archive.manifest import DATABASE, KEYS_OPEN, KEYS_SEALED, Manifest
from secretariat.doors.operations.archive.reading import findings, opened, read_manifest
from secretariat.foundation.audit.models import LogHead
from secretariat.foundation.audit.queries import origin
from secretariat.foundation.audit.sql import ROLES


class Refused(Exception):
    """The backup is not restored here; nothing was changed. The message says why."""


def restore(
    source: Path, *, replace: bool, passphrase: str, say: Callable[[str], object]
) -> tuple[Manifest, list[str]]:
    """Restore database, files and keys; return what the backup says of itself, and what is not as it was.

    Raises:
        Refused: the file is not whole, this place is not empty, the keys do not open. Nothing was changed.
        ToolError: the dump could not be restored; the database is empty.
    """
    if wrong := list(findings(source)):
        raise Refused(f"{source.name} is not whole: {'; '.join(wrong[:3])}")
    manifest = read_manifest(source)
    found_keys = _open_keys(source, manifest, passphrase)
    _require_room(found_keys, replace)
    say(
        f"{source.name} is whole: {len(manifest.members)} members, made at {manifest.made_at:%Y-%m-%d %H:%M} UTC"
    )
    _restore_database(source)
    say(f"database: {sum(manifest.rows.values())} rows in {len(manifest.rows)} tables")
    say(f"files: {_restore_files(source, manifest)} of {manifest.files} were missing here")
    _restore_keys(found_keys)
    say(f"keys: {', '.join(sorted(found_keys)) or 'none in the backup'}")
    before = count_rows(database.owner())
    # Triggers and rights are what this version says they are, and an older backup becomes of this version.
    call_command("migrate", database=database.owner(), verbosity=0)
    return manifest, list(_differences(manifest, before))


def _open_keys(source: Path, manifest: Manifest, passphrase: str) -> dict[str, bytes]:
    names = {member["name"] for member in manifest.members}
    with opened(source) as member:
        if KEYS_OPEN in names:
            return keys.unpack(member(KEYS_OPEN).read())
        if KEYS_SEALED not in names:
            return {}
        if not passphrase:
            raise Refused(
                "The keys of this backup are sealed: --passphrase-file names the file with the passphrase."
            )
        try:
            return keys.unpack(keys.unseal(member(KEYS_SEALED).read(), passphrase))
        except keys.WrongPassphrase as error:
            raise Refused(str(error)) from None


def _require_room(found_keys: dict[str, bytes], replace: bool) -> None:
    if replace:
        return
    if connections[database.owner()].introspection.table_names():
        raise Refused("This database is not empty; --replace would delete what it holds.")
    for name, content in found_keys.items():
        if (there := _key_path(name)).exists() and there.read_bytes() != content:
            raise Refused(f"There is another key {name} here; --replace would set it aside.")


def _key_path(name: str) -> Path:
    if name in (settings.LOG_KEY.name, settings.LOG_KEY.with_suffix(".pub").name):
        return settings.LOG_KEY.with_name(name)
    return settings.VAR / "keys" / name


def _restore_database(source: Path) -> None:
    connection = connections[database.owner()]
    with connection.cursor() as cursor:
        cursor.execute(ROLES)
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    connection.close()
    with opened(source) as member, database.restoring() as restored:
        shutil.copyfileobj(member(DATABASE), restored, 1 << 20)


def _restore_files(source: Path, manifest: Manifest) -> int:
    """Put back the files that are not here. A file has the name of its hash, so what is here is the same."""
    restored = 0
    with opened(source) as member:
        for told in manifest.members:
            folder, _, key = told["name"].partition("/")
            if folder != "files":
                continue
            restored += put_back(key=key, size=told["size"], content=member(told["name"]))
    return restored


def _restore_keys(found: dict[str, bytes]) -> None:
    for name, content in found.items():
        path = _key_path(name)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if path.exists() and path.read_bytes() != content:
            path.replace(path.with_name(f"{path.name}.replaced"))
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(content)


def _differences(manifest: Manifest, rows: dict[str, int]) -> Iterator[str]:
    for table, count in manifest.rows.items():
        if rows.get(table, 0) != count:
            yield f"{table} has {rows.get(table, 0)} rows, the backup had {count}"
    head = LogHead.objects.using(database.owner()).order_by("-size").first()
    if (head.note if head else "") != manifest.log_head:
        yield "the newest head of the log is not that of the backup"
    if origin() != manifest.origin:
        yield f"the log is that of {manifest.origin}, and SECRETARIAT_URL makes this one {origin()}"
