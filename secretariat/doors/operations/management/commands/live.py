import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from secretariat.doors.serving.parts import Plan, live


class Command(BaseCommand):
    help = "Stream live events, in a small process of its own: the part of serve that a unit file runs alone."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8001)
        parser.add_argument(
            "--pages-port", type=int, default=8000, help="where the pages are, outside production"
        )

    def handle(self, *, host: str, port: int, pages_port: int, **options: Any) -> None:
        part = live(Plan(host=host, port=pages_port, live_port=port, live_url=""))
        sys.stdout.flush()
        # This process becomes that one, and leaves Django behind.
        os.execve(sys.executable, part.command, {**os.environ, **part.environment})
