"""The database: its version, what its roles may do, its triggers, its tables."""

import re
from collections.abc import Iterator

from django.apps import apps
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from secretariat.doors.operations.checks.finding import Finding, Look, failure, ok, warning
from secretariat.doors.operations.probes import migrations_are_applied
from secretariat.foundation.audit.integrity import rights_of, triggers

MINIMUM = 18
RIGHTS = "SELECT, INSERT, UPDATE, DELETE, TRUNCATE"
TRIGGER = re.compile(r'TRIGGER "([^"]+)" .*? ON "([^"]+)"', re.DOTALL)
SHOWN = 3  # names in one line


def _names(found: list[str]) -> str:
    return ", ".join(found[:SHOWN]) + (" …" if len(found) > SHOWN else "")


def check_version(look: Look) -> Iterator[Finding]:
    """Whether the server is one the product was made for."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version'), current_setting('server_version_num')::int / 10000, "
            "current_setting('server_encoding'), current_setting('fsync') = 'on'"
        )
        version, major, encoding, is_safe = cursor.fetchone()
    told = {"version": version, "encoding": encoding, "minimum": MINIMUM}
    if major < MINIMUM or encoding != "UTF8":
        yield failure(
            _("PostgreSQL %(version)s, %(encoding)s: %(minimum)d or newer and UTF8 are needed") % told
        )
    else:
        yield ok(_("PostgreSQL %(version)s, %(encoding)s") % told)
    if not is_safe:
        yield warning(_("fsync is off: what was saved is lost with the power"))


def check_migrations(look: Look) -> Iterator[Finding]:
    """Whether the tables are those of this version."""
    if migrations_are_applied():
        yield ok(_("every migration is applied"))
    else:
        yield failure(_("the tables are of another version: secretariat migrate --database owner"))


def check_roles(look: Look) -> Iterator[Finding]:
    """Whether app and sealer may do what they should, and nothing else: history most of all."""
    wrong = sorted(_wrong_rights())
    if wrong:
        yield failure(_("rights differ from what they should be: %(which)s") % {"which": _names(wrong)})
    else:
        yield ok(_("app and sealer may do what they should and no more"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user, rolsuper FROM pg_roles WHERE rolname = session_user")
        login, is_super = cursor.fetchone()
        cursor.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner = session_user"
        )
        owns = cursor.fetchone()[0] > 0
    if is_super or owns:
        yield warning(
            _("the pages' login “%(login)s” could take back its role: give the app one of its own")
            % {"login": login}
        )


def _wrong_rights() -> Iterator[str]:
    """Yield role, table and right wherever the database allows what it should not, or the other way round."""
    expected = {
        (role, model._meta.db_table): rights_of(model, role)
        for model in apps.get_models(include_auto_created=True) if model._meta.managed
        for role in ("app", "sealer")
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT role, relname, p, has_table_privilege(role, c.oid, p) FROM pg_class c, "
            "unnest(ARRAY['app', 'sealer']) AS role, unnest(string_to_array(%s, ', ')) AS p "
            "WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
            [RIGHTS],
        )
        for role, table, right, allowed in cursor.fetchall():
            if (role, table) in expected and allowed != (right in expected[role, table]):
                yield f"{role} {right} {table}"


def check_triggers(look: Look) -> Iterator[Finding]:
    """Whether the database still writes its history by itself, and still refuses to change it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, relname, tgenabled IN ('O', 'A') FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid "
            "WHERE NOT tgisinternal"
        )
        there = {(name, table): enabled for name, table, enabled in cursor.fetchall()}
    expected = {TRIGGER.search(statement).groups() for statement in triggers()}
    missing = sorted(f"{name} ON {table}" for name, table in expected - there.keys())
    off = sorted(f"{name} ON {table}" for name, table in expected & there.keys() if not there[name, table])
    if missing:
        yield failure(_("triggers are missing: %(which)s") % {"which": _names(missing)})
    if off:
        yield failure(_("triggers are switched off: %(which)s") % {"which": _names(off)})
    if not missing and not off:
        count = len(expected)
        yield ok(ngettext("%(count)d trigger", "%(count)d triggers", count) % {"count": count})
