"""The statements that move rows, written from the models and the database's own catalogue.

Whether a row may follow is asked of the constraints as they stand in the database, not as the models tell them:
unique and exclusion constraints with their expressions and conditions, and checks.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from secretariat.registry.identity.pointers import Pointing

MOVES, FROZEN, CHANGED = "moves", "frozen", "changed"

CONSTRAINTS = """
SELECT t.relname, i.relname, x.indnullsnotdistinct, pg_get_expr(x.indpred, x.indrelid, true),
       array(SELECT pg_get_indexdef(x.indexrelid, n, true) FROM generate_series(1, x.indnkeyatts) AS n),
       (SELECT array_agg('OPERATOR(' || quote_ident(s.nspname) || '.' || o.oprname || ')' ORDER BY u.n)
        FROM pg_constraint c, unnest(c.conexclop) WITH ORDINALITY AS u (operator, n)
        JOIN pg_operator o ON o.oid = u.operator JOIN pg_namespace s ON s.oid = o.oprnamespace
        WHERE c.conindid = x.indexrelid AND c.contype = 'x')
FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
WHERE t.relname = ANY(%(tables)s) AND t.relnamespace = current_schema()::regnamespace
  AND (x.indisunique OR x.indisexclusion) AND NOT x.indisprimary
UNION ALL
SELECT t.relname, c.conname, NULL, pg_get_expr(c.conbin, c.conrelid, true), NULL, NULL
FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
WHERE t.relname = ANY(%(tables)s) AND t.relnamespace = current_schema()::regnamespace AND c.contype = 'c'
ORDER BY 1, 2
"""


@dataclass(frozen=True)
class Constraint:
    """A constraint of a table: keys that no two rows may share, or, without keys, a check."""

    table: str
    name: str
    nulls_match: bool | None
    condition: str | None
    keys: list[str] | None
    operators: list[str] | None

    def concerns(self, columns: Iterable[str]) -> bool:
        """Whether one of these columns has a part in what the constraint compares."""
        text = " ".join(self.keys) if self.keys else self.condition or ""
        return any(re.search(rf"\b{re.escape(column)}\b", text) for column in columns)


@dataclass(frozen=True)
class Ends:
    """From which row to which: their own ids and those of their references."""

    from_row: UUID
    to_row: UUID
    from_ref: UUID
    to_ref: UUID

    def reversed(self) -> "Ends":
        return Ends(self.to_row, self.from_row, self.to_ref, self.from_ref)


def constraints_of(pointings: Iterable[Pointing]) -> dict[str, list[Constraint]]:
    """Return the constraints of these tables. One statement."""
    found: dict[str, list[Constraint]] = {pointing.table: [] for pointing in pointings}
    with connection.cursor() as cursor:
        cursor.execute(CONSTRAINTS, {"tables": list(found)})
        for row in cursor.fetchall():
            found[row[0]].append(Constraint(*row))
    return found


def judged(pointing: Pointing, constraints: Sequence[Constraint], *, undoing: bool = False) -> str:
    """Return a SELECT of (row, columns, verdict) for every row that would be moved.

    The verdict is ``moves``, ``frozen``, the constraint that would be broken, or, when undoing, ``changed``.
    Parameters: from_row, to_row, from_ref, to_ref; when undoing also merge.
    """
    quote = connection.ops.quote_name
    key = quote(pointing.model._meta.pk.column)
    targets = {p.column: p.to for p in pointing.pointers}
    concerned = [c for c in constraints if c.concerns(targets)]
    columns = ", ".join(
        f"CASE WHEN '{name}' = ANY(_columns) THEN %(to_{targets[name]})s ELSE {quote(name)} END AS {quote(name)}"
        if name in targets
        else quote(name)
        for name in (field.column for field in pointing.model._meta.local_concrete_fields)
    )
    verdicts = "".join(f" WHEN {c} THEN '{v}'" for v, c in _verdicts(pointing, concerned, undoing))
    return f"""
        WITH source AS ({_source(pointing, undoing)}),
        moved AS (SELECT {columns}, _columns, _changed FROM source)
        SELECT {key}::text AS row, _columns AS columns, CASE WHEN false THEN ''{verdicts} ELSE '{MOVES}' END AS verdict
        FROM (SELECT moved.*{_values(concerned)} FROM moved) AS a"""


def _source(pointing: Pointing, undoing: bool) -> str:
    quote = connection.ops.quote_name
    table, key = quote(pointing.table), quote(pointing.model._meta.pk.column)
    if undoing:
        changed = " OR ".join(
            f"('{p.column}' = ANY(s.columns) AND t.{quote(p.column)} IS DISTINCT FROM %(from_{p.to})s)"
            for p in pointing.pointers
        )
        return (
            f"SELECT t.*, s.columns AS _columns, ({changed}) AS _changed FROM {table} t JOIN identity_mergestep s "
            f"ON s.row = t.{key}::text AND s.model = '{pointing.label}' AND s.merge_id = %(merge)s "
            "AND s.before IS NULL"
        )
    held = [(p, f"t.{quote(p.column)} = %(from_{p.to})s") for p in pointing.pointers]
    names = ", ".join(f"CASE WHEN {condition} THEN '{p.column}' END" for p, condition in held)
    where = " OR ".join(condition for _pointer, condition in held)
    return (
        f"SELECT t.*, array_remove(ARRAY[{names}], NULL)::varchar[] AS _columns, false AS _changed "
        f"FROM {table} t WHERE {where}"
    )


def _verdicts(
    pointing: Pointing, concerned: Sequence[Constraint], undoing: bool
) -> Iterator[tuple[str, str]]:
    if undoing:
        yield CHANGED, "a._changed"
    if pointing.is_frozen:
        yield FROZEN, "true"
    for condition in _fixed_by_parents(pointing):
        yield FROZEN, condition
    for number, constraint in enumerate(concerned):
        if constraint.keys is None:
            yield constraint.name, f"a._if_{number} IS FALSE"
        else:
            yield constraint.name, _collides(pointing, constraint, concerned, number, undoing)


def _fixed_by_parents(pointing: Pointing) -> Iterator[str]:
    quote = connection.ops.quote_name
    for name, state, allowed in getattr(pointing.model, "open_while", ()):
        field = pointing.model._meta.get_field(name)
        parent = field.related_model._meta
        states = ", ".join(f"'{value}'" for value in allowed)
        yield (
            f"EXISTS (SELECT FROM {quote(parent.db_table)} p WHERE p.{quote(parent.pk.column)} = "
            f"a.{quote(field.column)} AND p.{quote(state)} NOT IN ({states}))"
        )


def _collides(
    pointing: Pointing, constraint: Constraint, concerned: Sequence[Constraint], number: int, undoing: bool
) -> str:
    """Whether a row that stays where it is has the keys that the moved row ``a`` would have."""
    quote = connection.ops.quote_name
    key, table = quote(pointing.model._meta.pk.column), quote(pointing.table)
    equal = "IS NOT DISTINCT FROM" if constraint.nulls_match else "="
    operators = constraint.operators or [equal] * len(constraint.keys or ())
    same = [f"(k._key_{number}_{i} {operator} a._key_{number}_{i})" for i, operator in enumerate(operators)]
    if constraint.condition:
        same += [f"k._if_{number}", f"a._if_{number}"]
    if undoing:
        moving = (
            f"k.{key}::text IN (SELECT s.row FROM identity_mergestep s WHERE s.merge_id = %(merge)s "
            f"AND s.model = '{pointing.label}')"
        )
    else:
        moving = " OR ".join(
            f"k.{quote(p.column)} IS NOT DISTINCT FROM %(from_{p.to})s" for p in pointing.pointers
        )
    return (
        f"EXISTS (SELECT FROM (SELECT t.*{_values(concerned)} FROM {table} t) AS k "
        f"WHERE k.{key} <> a.{key} AND NOT ({moving}) AND {' AND '.join(same)})"
    )


def _values(concerned: Sequence[Constraint]) -> str:
    """Return what the constraints compare, as further columns: ``_key_<constraint>_<key>``, ``_if_<constraint>``."""
    values = []
    for number, constraint in enumerate(concerned):
        values += [f"({text}) AS _key_{number}_{i}" for i, text in enumerate(constraint.keys or ())]
        if constraint.condition:
            values.append(f"({constraint.condition}) AS _if_{number}")
    return "".join(", " + value.replace("%", "%%") for value in values)


def move(pointing: Pointing, verdicts: str, *, undoing: bool = False) -> str:
    """Return the statement that moves the rows found to move; a merge notes each as a step. It returns the rows moved.

    ``verdicts`` is the SELECT of ``judged``. Further parameters: merge, model.
    """
    quote = connection.ops.quote_name
    key, table = quote(pointing.model._meta.pk.column), quote(pointing.table)
    changes = ", ".join(
        f"{quote(p.column)} = CASE WHEN '{p.column}' = ANY(judged.columns) THEN %(to_{p.to})s "
        f"ELSE t.{quote(p.column)} END"
        for p in pointing.pointers
    )
    update = (
        f"UPDATE {table} t SET {changes} FROM judged WHERE t.{key}::text = judged.row AND judged.verdict = '{MOVES}' "
        "RETURNING judged.row, judged.columns"
    )
    if undoing:
        return f"WITH judged AS ({verdicts}), done AS ({update}) SELECT count(*) FROM done"
    return (
        f"WITH judged AS ({verdicts}), done AS ({update}), noted AS (INSERT INTO identity_mergestep "
        "(id, merge_id, model, row, columns) SELECT uuidv7(), %(merge)s, %(model)s, row, columns FROM done "
        "RETURNING 1) SELECT count(*) FROM noted"
    )
