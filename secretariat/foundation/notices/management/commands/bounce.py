import mailbox
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.notices.actions import record_bounce
from secretariat.foundation.notices.bounces import read_reports


class Command(BaseCommand):
    help = (
        "Takes mail that came back (RFC 3464) from standard input or a mailbox file, and notes what it says."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--mbox", default="", help="a mailbox file with such messages, instead of one on input"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        noted = 0
        for raw in self._messages(options["mbox"]):
            for report in read_reports(raw):
                message = record_bounce(report=report, actor=Actor(door="command"), now=timezone.now())
                if message is not None:
                    noted += 1
                    self.stdout.write(f"{message.address}: {report.reason}")
        self.stdout.write(f"{noted} noted")

    def _messages(self, path: str) -> list[bytes]:
        if not path:
            return [sys.stdin.buffer.read()]
        box = mailbox.mbox(path, create=False)
        try:
            return [message.as_bytes() for message in box]
        finally:
            box.close()
