"""Every check, in the order in which one failing explains the next."""

from collections.abc import Iterator

from django.db import DatabaseError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secretariat.doors.operations.checks import contents, database, machine
from secretariat.doors.operations.checks.finding import Check, Finding, Look, failure

CHECKS: dict[str, tuple[str | Promise, Check]] = {
    "settings": (gettext_lazy("settings"), machine.check_settings),
    "database": (gettext_lazy("database"), database.check_version),
    "migrations": (gettext_lazy("migrations"), database.check_migrations),
    "roles": (gettext_lazy("roles"), database.check_roles),
    "triggers": (gettext_lazy("triggers"), database.check_triggers),
    "log": (gettext_lazy("sealed log"), contents.check_log),
    "files": (gettext_lazy("files"), contents.check_files),
    "keys": (gettext_lazy("keys"), machine.check_keys),
    "clock": (gettext_lazy("clock"), machine.check_clock),
    "disk": (gettext_lazy("disk"), machine.check_disk),
    "mail": (gettext_lazy("mail"), machine.check_mail),
    "worker": (gettext_lazy("worker"), machine.check_worker),
    "backup": (gettext_lazy("backup"), machine.check_backup),
}


def examine(look: Look) -> Iterator[tuple[str, Finding]]:
    """Yield what each check found. A check that cannot be made is a failure, and the others are still made."""
    for name, (_label, check) in CHECKS.items():
        try:
            for finding in check(look):
                yield name, finding
        except (DatabaseError, OSError) as error:
            # The first line names the thing; those after it may hold values of a row.
            first = str(error).partition("\n")[0]
            yield name, failure(_("could not be looked at: %(error)s") % {"error": first})
