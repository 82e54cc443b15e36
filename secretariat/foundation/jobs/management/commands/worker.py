from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from secretariat.foundation.jobs import worker


class Command(BaseCommand):
    help = "Does the jobs that wait: mail, digests, work by the clock. Stops on SIGTERM once what runs has ended."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--queues", default="", help="only these queues, divided by commas")
        parser.add_argument("--concurrency", type=int, default=2, help="how many jobs at once")
        parser.add_argument("--until-empty", action="store_true", help="end when nothing waits")

    def handle(self, *args: Any, **options: Any) -> None:
        worker.run(
            queues=[name for name in options["queues"].split(",") if name],
            concurrency=options["concurrency"],
            until_empty=options["until_empty"],
        )
