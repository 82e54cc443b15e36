import logging
import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, connections
from django.utils import timezone

from secretariat.foundation.audit.sealer import seal, signing_key

logger = logging.getLogger("secretariat.sealer")


class Command(BaseCommand):
    help = "Seal what waits for the log, every few seconds until it is told to end."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--every", type=float, default=5.0, help="seconds between two looks")
        parser.add_argument("--once", action="store_true", help="seal once and print the newest head")

    def handle(self, *, every: float, once: bool, **options: Any) -> None:
        signing_key()  # made now, so that its public half is there before anything is sealed
        if once:
            head = seal(now=timezone.now())
            self.stdout.write(head.note if head else "Nothing waited.", ending="")
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        while True:
            try:
                seal(now=timezone.now())
            except DatabaseError:
                logger.exception("not sealed; it is tried again")
                connections.close_all()
            if stop.wait(every):
                return
