import os
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from secretariat.doors.operations.probes import migrations_are_applied
from secretariat.doors.serving.parts import PortTaken, plan
from secretariat.doors.serving.running import serve

MOST_WEB = 4  # each takes close to 300 MB


class Command(BaseCommand):
    help = "Serve the product: pages, live events, jobs and the sealer, each started again when it ends."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="where it listens; 0.0.0.0: everywhere")
        parser.add_argument("--port", type=int, default=8000, help="the pages")
        parser.add_argument("--live-port", type=int, help="the events; the next free one if not told")
        parser.add_argument(
            "--web",
            type=int,
            default=min(os.cpu_count() or 1, MOST_WEB),
            help="processes that answer pages; one for each core",
        )
        parser.add_argument("--migrate", action="store_true", help="make or change the tables first")

    def handle(
        self, *, host: str, port: int, live_port: int | None, web: int, migrate: bool, **options: Any
    ) -> None:
        if migrate:
            call_command("migrate", database="owner", verbosity=0)
        if not migrations_are_applied():
            raise CommandError(
                "The tables are not those of this version: secretariat migrate --database owner"
            )
        try:
            planned = plan(host=host, port=port, live_port=live_port, web_workers=web)
        except PortTaken as error:
            raise CommandError(str(error)) from None
        serve(planned, self.stdout.write)
