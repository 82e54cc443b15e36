from typing import Any

from django.core.management.commands import migrate

from secretariat.doors.operations.tables import make_first_tables


class Command(migrate.Command):
    """Django's own, which makes the tables of an empty database at once."""

    def handle(self, *args: Any, **options: Any) -> None:
        partial = ("app_label", "plan", "check_unapplied", "fake", "fake_initial", "run_syncdb", "prune")
        if not any(options.get(name) for name in partial):
            make_first_tables(options["database"])
        super().handle(*args, **options)
