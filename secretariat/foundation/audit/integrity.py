"""What models declare, put into the database: history, append-only tables, guarded states, rights of the roles.

Runs after every migration, so that a new table cannot be forgotten. Idempotent.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connections
from django.db.models import Model

from secretariat.foundation.audit import models

# History itself: written by triggers and the sealer. Who may what is said here and nowhere else.
RIGHTS: dict[type[Model], dict[str, str]] = {
    models.Act: {"app": "SELECT, INSERT", "sealer": "SELECT"},
    models.Pledge: {"app": "SELECT, INSERT", "sealer": "SELECT"},
    models.Change: {"app": "SELECT", "sealer": "SELECT"},
    models.PersonalValue: {"app": "SELECT", "sealer": ""},
    models.Unsealed: {"app": "SELECT", "sealer": "SELECT, DELETE"},
    models.LogEntry: {"app": "SELECT", "sealer": "SELECT, INSERT"},
    models.LogNode: {"app": "SELECT", "sealer": "SELECT, INSERT"},
    models.LogHead: {"app": "SELECT", "sealer": "SELECT, INSERT"},
}
FORGETTING = (
    "audit_erase(uuid)", "audit_erase_rows(text, text[])", "audit_blank(text, uuid[], text[])",
    "audit_prune(text, uuid[], text, text[])",
)  # fmt: skip
QUEUED = {models.Act: "act", models.Pledge: "pledge", models.Change: "change"}


def records() -> list[type[models.Record]]:
    """Return every model of the product that the audit trail keeps."""
    return [model for model in apps.get_models() if issubclass(model, models.Record) and model._meta.managed]


def install(using: str = "default", **_signal: Any) -> None:
    """Install functions' triggers and grants for all tables; called after migrations with the owner's connection."""
    statements = [*_rights(), *triggers()]
    with connections[using].cursor() as cursor:
        cursor.execute(";\n".join(statements))


def triggers() -> Iterator[str]:
    """Yield the statement of every trigger there should be: ``CREATE OR REPLACE TRIGGER "name" … ON "table" …``."""
    for model in records():
        yield from _record_triggers(model)
    for model in RIGHTS:
        if model is not models.Unsealed:
            yield from _append_only(model._meta.db_table, erasable=model is models.PersonalValue)
    for model, kind in QUEUED.items():
        yield _trigger("queue", model._meta.db_table, "AFTER INSERT", "audit_queue", kind)


def rights_of(model: type[Model], role: str) -> set[str]:
    """Return what a role may do with a model's table; nobody but the owner may do more."""
    kept = getattr(model, "append_only", False)
    usual = {"app": "SELECT, INSERT" if kept else "SELECT, INSERT, UPDATE, DELETE"}
    return set(filter(None, RIGHTS.get(model, usual).get(role, "").split(", ")))


def _record_triggers(model: type[models.Record]) -> Iterator[str]:
    table = model._meta.db_table
    if model.audited:
        columns = _personal(model)
        subject = _column(model, model.personal_subject) if model.personal_subject else ""
        key = model._meta.pk.column
        yield _trigger("audit", table, "AFTER INSERT OR UPDATE OR DELETE", "audit_row", columns, subject, key)
    personal = _personal(model)
    if model.append_only:
        yield from _append_only(table, personal)
    for field, table_of_states in model.transitions.items():
        pairs = ",".join(f"{a}>{b}" for a, following in table_of_states.items() for b in following)
        first = next(iter(table_of_states))
        yield _trigger(
            f"guard_{field}", table, "BEFORE INSERT OR UPDATE", "audit_guard_state", field, first, pairs
        )
    for field, state, allowed in model.open_while:
        parent = model._meta.get_field(field)
        yield _trigger(
            f"guard_{field}", table, "BEFORE INSERT OR UPDATE OR DELETE", "audit_guard_parent",
            parent.column, parent.related_model._meta.db_table, state, ",".join(allowed),
            personal,
        )  # fmt: skip


def _personal(model: type[models.Record]) -> str:
    return "{" + ",".join(_column(model, name) for name in model.personal_fields) + "}"


def _append_only(table: str, personal: str = "{}", *, erasable: bool = False) -> Iterator[str]:
    # Personal values leave only while audit_erase() names their person, or audit_erase_rows() their rows.
    setting = "current_setting('secretariat.erasing', true)"
    when = f"WHEN ({setting} IS DISTINCT FROM 'rows' AND OLD.subject_id::text IS DISTINCT FROM {setting})"
    if erasable:
        yield _trigger("append_only", table, "BEFORE UPDATE", "audit_refuse")
        yield _trigger("no_deletion", table, "BEFORE DELETE", "audit_refuse", when=when)
    else:
        arguments = () if personal == "{}" else (personal,)
        yield _trigger("append_only", table, "BEFORE UPDATE OR DELETE", "audit_refuse", *arguments)
    yield _trigger("no_truncate", table, "BEFORE TRUNCATE", "audit_refuse", level="STATEMENT")


def _trigger(
    name: str, table: str, when_fired: str, function: str, *arguments: str, level: str = "ROW", when: str = ""
) -> str:
    quoted = ", ".join("'" + argument.replace("'", "''") + "'" for argument in arguments)
    return (
        f'CREATE OR REPLACE TRIGGER "{name}" {when_fired} ON "{table}" '
        f"FOR EACH {level} {when} EXECUTE FUNCTION {function}({quoted})"
    )


def _column(model: type[Model], name: str) -> str:
    return model._meta.get_field(name).column


def _rights() -> Iterator[str]:
    yield "GRANT USAGE ON SCHEMA public TO app, sealer"
    yield "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO app"
    for function in FORGETTING:
        yield f"GRANT EXECUTE ON FUNCTION {function} TO app"
    yield "GRANT SELECT ON django_migrations TO app"  # whether the tables are those of this version
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        for role in ("app", "sealer"):
            yield f'REVOKE ALL ON "{table}" FROM {role}'
            if rights := rights_of(model, role):
                yield f'GRANT {", ".join(sorted(rights))} ON "{table}" TO {role}'
