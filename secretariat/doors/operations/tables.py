"""The tables of an empty database, made at once.

Django renders every model anew after each change of each migration: most of a minute for what PostgreSQL makes in two
seconds. Where there is nothing yet, only the last state of the models matters. So each table is made as it is in the
end, and what migrations do beside that (functions, sequences, rows) is done in its place among them.
"""

from collections.abc import Iterator

from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import AddConstraint, CreateModel, SeparateDatabaseAndState
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.fields import FieldOperation
from django.db.migrations.operations.models import IndexOperation, ModelOperation
from django.db.migrations.state import ProjectState

Steps = list[tuple[str, Operation]]


def make_first_tables(alias: str) -> bool:
    """Do what all migrations do to an empty database, whole or not at all; where it is not empty, return False."""
    connection = connections[alias]
    if connection.introspection.table_names():
        return False
    executor = MigrationExecutor(connection)
    ends = executor.loader.graph.leaf_nodes()
    plan = [migration for migration, _backwards in executor.migration_plan(ends, clean_start=True)]
    steps = [(m.app_label, operation) for m in plan for operation in _of_the_database(m.operations)]
    state = executor.loader.project_state(ends)
    wanted = _leave_for_later(steps, state)
    with connection.schema_editor(atomic=True) as editor:
        for label, operation in steps:
            if _is_wanted(label, operation, state, wanted):
                operation.database_forwards(label, editor, state, state)
        executor.recorder.ensure_schema()
        for migration in plan:
            executor.recorder.record_applied(migration.app_label, migration.name)
    return True


def _leave_for_later(steps: Steps, state: ProjectState) -> set[str]:
    """Take constraints that have a step of their own out of their tables, as Django writes some otherwise there.

    Returns their names.
    """
    later = {operation.constraint.name for _label, operation in steps if isinstance(operation, AddConstraint)}
    wanted = set()
    for model in state.models.values():
        held = model.options.get("constraints", [])
        wanted |= {constraint.name for constraint in held} & later
        model.options["constraints"] = [constraint for constraint in held if constraint.name not in later]
    return wanted


def _is_wanted(label: str, operation: Operation, state: ProjectState, constraints: set[str]) -> bool:
    """Whether the last state of the models leaves this step anything to do."""
    if isinstance(operation, CreateModel):
        return (label, operation.name_lower) in state.models
    if isinstance(operation, AddConstraint):
        return operation.constraint.name in constraints
    return not isinstance(operation, ModelOperation | FieldOperation | IndexOperation)


def _of_the_database(operations: list[Operation]) -> Iterator[Operation]:
    for operation in operations:
        if isinstance(operation, SeparateDatabaseAndState):
            yield from _of_the_database(operation.database_operations)
        else:
            yield operation
