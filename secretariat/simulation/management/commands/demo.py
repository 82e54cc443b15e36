import json
import sys
import time
from argparse import ArgumentParser
from enum import Enum
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.utils import timezone

from secretariat.doors.serving.parts import Plan, PortTaken, plan
from secretariat.doors.serving.running import serve
from secretariat.foundation.audit.models import Act
from secretariat.simulation.playing import BEGUN, LOADED, play
from secretariat.simulation.processes import PartFailed, Progress, apart, at_once
from secretariat.simulation.summary import selections, sign_in_paths


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
        planned = None if check else _planned(port)
        found = _acts_of_the_demo()
        if found is Found.SOMETHING_ELSE and not reset:
            raise CommandError("This database holds something else than the demo; --reset would delete it.")
        if reset or found is Found.HALF_LOADED:
            _empty_database()
        call_command("migrate", database="owner", verbosity=0)
        if reset or found is not Found.LOADED:
            _play()
            self.stderr.write(f"Played in {time.monotonic() - started:.1f} s.\n")
        if check:
            json.dump(selections(), self.stdout._out, ensure_ascii=False, sort_keys=True, indent=2)
            self.stdout.write("")
            return
        self.stderr.write(f"Ready after {time.monotonic() - started:.1f} s.\n")
        for role, path in sign_in_paths():
            self.stdout.write(f"{role:<20} http://localhost:{port}{path}")
        self.stderr.write("")
        serve(planned, self.stderr.write)


def _play() -> None:
    def job(progress: Progress) -> None:
        play(now=timezone.now(), progress=progress, players=at_once)

    try:
        apart(job, Bar())
    except PartFailed as failed:
        raise CommandError(f"The demo could not be played.\n{failed}") from None


def _planned(port: int) -> Plan:
    try:
        return plan(host="127.0.0.1", port=port, live_port=None)
    except PortTaken as error:
        raise CommandError(str(error)) from None


class Found(Enum):
    """What the database holds before the demo starts."""

    NOTHING = 1
    HALF_LOADED = 2
    LOADED = 3
    SOMETHING_ELSE = 4


def _acts_of_the_demo() -> Found:
    # As the owner: the app may not have its rights yet.
    if Act._meta.db_table not in connections["owner"].introspection.table_names():
        return Found.NOTHING
    acts = Act.objects.using("owner")
    if acts.filter(verb=LOADED).exists():
        return Found.LOADED
    if acts.filter(verb=BEGUN).exists():
        return Found.HALF_LOADED
    return Found.SOMETHING_ELSE if acts.exists() else Found.NOTHING


def _empty_database() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    connections.close_all()


class Bar:
    """Shows on standard error how far each step is; on a terminal in one line, elsewhere step by step.

    Two steps may be under way at once: the line is that of the one that was heard of last.
    """

    def __init__(self) -> None:
        self.begun: set[str] = set()

    def __call__(self, step: str, done: int, total: int) -> None:
        if sys.stderr.isatty():
            filled = 30 * done // max(1, total)
            end = "\n" if done == total else ""
            bar = "█" * filled + "·" * (30 - filled)
            sys.stderr.write(f"\r{step:<44} {bar} {done:>4}/{total:<4}{end}")
            sys.stderr.flush()
        elif step not in self.begun:
            sys.stderr.write(f"{step} …\n")
        self.begun.add(step)
