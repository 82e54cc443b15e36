from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from secretariat.doors.operations.actions import OPERATOR, record_backup, record_verification
from secretariat.doors.operations.archive.database import ToolError
from secretariat.doors.operations.archive.making import hash_file, make
from secretariat.doors.operations.archive.manifest import Manifest
from secretariat.doors.operations.archive.reading import NoBackup, findings, read_manifest


class Command(BaseCommand):
    help = "Write a backup of database, files and keys to one file and read it again; or verify one that is there."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("target", type=Path, metavar="FILE.tar")
        parser.add_argument(
            "--passphrase-file", type=Path, help="seal the keys with what this file's first line says"
        )
        parser.add_argument("--without-keys", action="store_true", help="leave the keys out")
        parser.add_argument(
            "--verify", action="store_true", help="write nothing: read the file that is there"
        )

    def handle(
        self, *, target: Path, passphrase_file: Path | None, without_keys: bool, verify: bool, **options: Any
    ) -> None:
        try:
            if verify:
                manifest = read_manifest(target)
            else:
                manifest = self._make(target, read_passphrase(passphrase_file), with_keys=not without_keys)
        except (ToolError, NoBackup, OSError) as error:
            raise CommandError(str(error)) from None
        wrong = list(findings(target))
        verified = keep_record(target, manifest, "; ".join(wrong))
        for line in wrong:
            self.stderr.write(line)
        if wrong:
            raise CommandError(f"{target.name} is not whole.")
        self.stdout.write(f"{target.name}: verified, {target.stat().st_size} bytes, SHA-256 {verified}")

    def _make(self, target: Path, passphrase: str, *, with_keys: bool) -> Manifest:
        if target.exists():
            raise CommandError(f"{target.name} is there already; a backup is never written over another.")
        if with_keys and not passphrase:
            self.stderr.write(
                "The keys go into the backup as they are: keep it like them, or use --passphrase-file."
            )
        return make(target, now=timezone.now(), passphrase=passphrase, with_keys=with_keys)


def read_passphrase(path: Path | None) -> str:
    """Return the first line of the file; nothing where there is no file."""
    if path is None:
        return ""
    if passphrase := path.read_text(encoding="utf-8").partition("\n")[0].strip():
        return passphrase
    raise CommandError(f"{path.name} holds no passphrase.")


def keep_record(target: Path, manifest: Manifest, finding: str) -> str:
    """Keep that the file was read, and what was found. Returns its hash."""
    now, sha256 = timezone.now(), hash_file(target)
    backup = record_backup(
        name=target.name, size=target.stat().st_size, sha256=sha256, made_at=manifest.made_at,
        log_size=manifest.log_size, files=manifest.files, has_keys=manifest.has_keys, actor=OPERATOR, now=now,
    )  # fmt: skip
    record_verification(backup=backup, finding=finding, actor=OPERATOR, now=now)
    return sha256
