from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from secretariat.simulation.driving.answers import refusing
from secretariat.simulation.driving.arguments import add_subcommands
from secretariat.simulation.driving.dispatch import run


class Command(BaseCommand):
    help = "Run a call from its declaration to its honours: a door to the actions, with the rights of whoever acts."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_subcommands(parser)

    def handle(self, *, subcommand: str, **options: Any) -> None:
        about = (options.get(name) for name in ("key", "number", "stage", "action"))
        with refusing(" ".join([subcommand, *(word for word in about if word)])):
            for line in run(subcommand, options):
                self.stdout.write(line)
