import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone, translation

from secretariat.doors.operations.checks.doctor import CHECKS, examine
from secretariat.doors.operations.checks.finding import Finding, Level, Look

MARKS = {Level.OK: "✓", Level.WARNING: "!", Level.FAILURE: "✗"}


class Command(BaseCommand):
    help = "Look at everything that goes wrong in silence; one line each. Exit code 1 if something must be mended."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--all", action="store_true", dest="everything", help="read the whole log and every file"
        )
        parser.add_argument("--json", action="store_true", dest="as_json", help="print one JSON object")
        parser.add_argument("--language", choices=[code for code, _ in settings.LANGUAGES], default="en")

    def handle(self, *, everything: bool, as_json: bool, language: str, **options: Any) -> None:
        with translation.override(language):
            found = []
            for name, finding in examine(Look(timezone.now(), everything)):
                found.append((name, finding))
                if not as_json:
                    self.stdout.write(_line(name, finding))
        failed = any(finding.level == Level.FAILURE for _, finding in found)
        if as_json:
            checks = [{"check": name, "level": f.level, "says": f.says} for name, f in found]
            self.stdout.write(json.dumps({"ok": not failed, "checks": checks}, ensure_ascii=False, indent=1))
        if failed:
            raise SystemExit(1)


def _line(name: str, finding: Finding) -> str:
    label = str(CHECKS[name][0])
    wide = sum(1 + (ord(character) > 0x2E80) for character in label)  # Chinese takes two columns
    return f"{MARKS[finding.level]} {label}{' ' * (14 - wide)}{finding.says}"
