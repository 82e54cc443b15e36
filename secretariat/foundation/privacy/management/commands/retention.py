from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, Capacity
from secretariat.foundation.privacy.actions import apply_retention
from secretariat.foundation.privacy.queries import run_out


class Command(BaseCommand):
    help = "Says what is kept of people beyond its time, by app. Nothing is erased without --apply."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="erase it, which cannot be undone")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        found = list(run_out(now))
        for row in found:
            self.stdout.write(f"{row.app:16} {row.count:>8}  {row.label}: {row.kept}")
        if not found:
            self.stdout.write(_("Nothing has run out."))
        elif options["apply"]:
            actor = Actor(door="command", capacities=(Capacity("system.run", "installation"),))
            counts = apply_retention(actor=actor, now=now)
            self.stdout.write(_("Erased: %(count)d rows.") % {"count": sum(counts.values())})
        else:
            self.stdout.write(_("Nothing was erased. To erase it: secretariat retention --apply"))
