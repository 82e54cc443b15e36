from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from secretariat.simulation.driving.answers import refusing
from secretariat.simulation.driving.registry import register


class Command(BaseCommand):
    help = "Enter organisations, people, bodies and an edition from a file, whole or not at all; prints their numbers."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE.toml")

    def handle(self, *, file: str, **options: Any) -> None:
        with refusing("register"):
            for line in register(file, now=timezone.now()):
                self.stdout.write(line)
