from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from secretariat.doors.operations.actions import OPERATOR, record_restoring
from secretariat.doors.operations.archive.database import ToolError
from secretariat.doors.operations.archive.restoring import Refused, restore
from secretariat.doors.operations.management.commands.backup import keep_record, read_passphrase
from secretariat.doors.operations.queries import backup_with_hash


class Command(BaseCommand):
    help = "Come back from a backup: database, files and keys, into an empty place."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", type=Path, metavar="FILE.tar")
        parser.add_argument("--replace", action="store_true", help="delete what the database holds first")
        parser.add_argument("--passphrase-file", type=Path, help="opens the keys, if they are sealed")

    def handle(self, *, source: Path, replace: bool, passphrase_file: Path | None, **options: Any) -> None:
        passphrase = read_passphrase(passphrase_file)
        try:
            manifest, differences = restore(
                source, replace=replace, passphrase=passphrase, say=self.stdout.write
            )
        except (Refused, ToolError, OSError) as error:
            raise CommandError(str(error), returncode=2) from None
        sha256 = keep_record(source, manifest, "")
        record_restoring(backup=backup_with_hash(sha256), actor=OPERATOR, now=timezone.now())
        for line in differences:
            self.stderr.write(line)
        if differences:
            raise CommandError("Restored, but not all is as it was.")
        self.stdout.write("Restored. Next: start it, and ask secretariat doctor")
