"""Statements that are asked again and again: made once by Python, planned once for a connection by the database."""

from collections.abc import Callable
from functools import cached_property, lru_cache
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.query import get_related_populators

M = TypeVar("M", bound=Model)


class PreparingCursor(ServerBindingCursor):
    """Says which statement was asked once its plan is kept, too: psycopg then names the plan alone."""

    def _send_query_prepared(self, name: bytes, pgq: Any, **how: Any) -> None:
        self._query = pgq
        super()._send_query_prepared(name, pgq, **how)


def prepared_cursor() -> Any:
    """Return a cursor that sends values apart from their statement, so that its plan can be kept.

    Django's own puts values into the text. Values need types the database can tell: write ``%(on)s::date``. The
    option ``prepare_threshold`` of the connection says how often a statement is asked before its plan is kept.
    """
    connection.ensure_connection()
    return connection._prepare_cursor(PreparingCursor(connection.connection))


class Given(Expression):
    """A place in a :class:`Planned` queryset whose value is told at each asking."""

    def __init__(self, name: str, output_field: Field | None = None) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return "%s", [self]


class AnyGiven(Expression):
    """The same for ``__in``: a list of keys told at each asking, of whatever length, in one and the same statement."""

    def __init__(self, name: str, kind: str = "uuid") -> None:
        super().__init__()
        self.name, self.kind = name, kind

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return f"(SELECT unnest(%s::{self.kind}[]))", [self]


class Planned(Generic[M]):
    """A queryset whose statement is made at its first asking and kept: rows come without building it anew.

    Building and compiling a queryset costs Django several times what its answer costs the database. ``build``
    returns it with :class:`Given` and :class:`AnyGiven` where values are to be told; it has to be the same whoever
    asks, in whichever language. Related rows are taken by ``select_related`` alone.
    """

    def __init__(self, build: Callable[[], QuerySet[M]]) -> None:
        self.build = build

    @cached_property
    def _made(self) -> tuple[str, tuple[Any, ...], Any]:
        queryset = self.build()
        compiler = queryset.query.get_compiler(using=queryset.db)
        sql, params = compiler.as_sql()
        return sql, tuple(params), compiler

    @cached_property
    def _shape(self) -> tuple[Any, ...]:
        compiler = self._made[2]
        info, select = compiler.klass_info, compiler.select
        first, end = info["select_fields"][0], info["select_fields"][-1] + 1
        names = [column[0].target.attname for column in select[first:end]]
        related = get_related_populators(info, select, connection.alias)
        converters = compiler.get_converters([column[0] for column in select])
        return info["model"], first, end, names, related, converters, compiler.annotation_col_map or {}

    def __call__(self, **given: Any) -> list[M]:
        """Return the rows. Raises KeyError for a place that is told no value."""
        sql, params, compiler = self._made
        model, first, end, names, related, converters, annotations = self._shape
        values = [given[p.name] if isinstance(p, Given | AnyGiven) else p for p in params]
        with prepared_cursor() as cursor:
            cursor.execute(sql, values)
            rows = cursor.fetchall()
        if converters:
            rows = compiler.apply_converters(rows, converters)
        found = []
        for row in rows:
            made = model.from_db(connection.alias, names, row[first:end])
            for populator in related:
                populator.populate(row, made)
            for name, place in annotations.items():
                setattr(made, name, row[place])
            found.append(made)
        return found

    def get(self, **given: Any) -> M:
        """Return the first row. Raises the model's ``DoesNotExist`` where there is none."""
        if not (found := self(**given)):
            raise self._shape[0].DoesNotExist
        return found[0]


@lru_cache
def _update(model: type[Model], names: tuple[str, ...]) -> tuple[str, tuple[Field, ...]]:
    fields = tuple(model._meta.get_field(name) for name in names)
    quote = connection.ops.quote_name
    told = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    key = quote(model._meta.pk.column)
    return f"UPDATE {quote(model._meta.db_table)} SET {told} WHERE {key} = %s", fields


@lru_cache
def _insert(model: type[Model]) -> tuple[str, tuple[Field, ...]]:
    # What the database gives a value itself is left to it.
    fields = tuple(f for f in model._meta.local_concrete_fields if not f.generated and not f.has_db_default())
    quote = connection.ops.quote_name
    columns, places = ", ".join(quote(field.column) for field in fields), ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})", fields


def append(row: Model) -> None:
    """Insert a new row, as ``save(force_insert=True)`` does, by a statement that is kept. No signal is sent.

    A field with a default of the database gets that one; it is not read back.
    """
    sql, fields = _insert(type(row))
    values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
    with prepared_cursor() as cursor:
        cursor.execute(sql, values)
    row._state.adding, row._state.db = False, connection.alias


def store(row: Model, *names: str) -> None:
    """Save these fields of a row that exists, as ``save(update_fields=names)`` does, by a statement that is kept.

    For what is saved many times a second: no signal is sent. Raises ``DoesNotExist`` where the row is gone.
    """
    sql, fields = _update(type(row), names)
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    with prepared_cursor() as cursor:
        cursor.execute(sql, [*values, row.pk])
        if not cursor.rowcount:
            raise type(row).DoesNotExist(row.pk)
