import json
import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.utils import timezone

from secretariat.doors.serving import serve
from secretariat.foundation.audit.models import Act
from secretariat.simulation.playing import LOADED, play
from secretariat.simulation.summary import selections, sign_in_links


class Command(BaseCommand):
    help = "Load the profile, play both selections through the actions, set the books and serve the result."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="print one JSON object and serve nothing")
        parser.add_argument(
            "--reset", action="store_true", help="begin anew; everything in the database is lost"
        )
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, check: bool, reset: bool, port: int, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("The demo does not start with SECRETARIAT_MODE=production.")
        started = time.monotonic()
        if reset or self._is_half_loaded():
            _empty_database()
        call_command("migrate", database="owner", verbosity=0)
        seconds = {} if self._is_loaded() else play(now=timezone.now(), progress=Bar())
        if check:
            found = selections(seconds)
            json.dump(found, self.stdout._out, ensure_ascii=False, sort_keys=True, indent=2)
            self.stdout.write("")
            return
        self.stderr.write(f"Ready after {time.monotonic() - started:.1f} s.\n")
        for role, link in sign_in_links():
            self.stdout.write(f"{role:<28} {link}")
        serve(port)

    def _is_loaded(self) -> bool:
        return Act.objects.filter(verb=LOADED).exists()

    def _is_half_loaded(self) -> bool:
        """A load that was broken off; what it left is of no use."""
        if Act._meta.db_table not in connections["default"].introspection.table_names():
            return False
        return Act.objects.exists() and not self._is_loaded()


def _empty_database() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    connections.close_all()


class Bar:
    """Shows on standard error how far each step is; on a terminal in one line, elsewhere step by step."""

    def __init__(self) -> None:
        self.step = ""

    def __call__(self, step: str, done: int, total: int) -> None:
        if sys.stderr.isatty():
            filled = 30 * done // max(1, total)
            end = "\n" if done == total else ""
            bar = "█" * filled + "·" * (30 - filled)
            sys.stderr.write(f"\r{step:<44} {bar} {done}/{total}{end}")
            sys.stderr.flush()
        elif step != self.step:
            sys.stderr.write(f"{step} …\n")
        self.step = step
