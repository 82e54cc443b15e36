from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from secretariat.record.search.actions import reindex
from secretariat.record.search.sources import registered_sources


class Command(BaseCommand):
    help = "Makes the index of the search anew, or some kinds of it. Only what differs is written."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--kind",
            action="append",
            choices=sorted(registered_sources()),
            help="only this kind; may be repeated",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        def progress(kind: str, count: int) -> None:
            self.stdout.write(f"{kind}: {count}")

        counts = reindex(now=timezone.now(), kinds=options["kind"], progress=progress)
        self.stdout.write(f"{sum(counts.values())} rows.")
