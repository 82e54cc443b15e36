"""Which columns of the product point to a person or an organisation: found by walking the models, none is listed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.apps import apps
from django.db.models import Field, Model, UUIDField

from secretariat.registry.organisations.models import Organisation
from secretariat.registry.people.models import Person
from secretariat.registry.refs.models import Ref, Traceable

# Tables below the registry's people give an id without a foreign key, under one of these names.
LOOSE = {Person: "person_id", Organisation: "organisation_id"}


@dataclass(frozen=True)
class Pointer:
    """A column that holds the row's own id (``row``) or that of its reference (``ref``)."""

    column: str
    to: Literal["row", "ref"]


@dataclass(frozen=True)
class Pointing:
    """A model with the columns in which it points to the rows of one kind."""

    model: type[Model]
    pointers: tuple[Pointer, ...]

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def label(self) -> str:
        return self.model._meta.label_lower

    @property
    def is_frozen(self) -> bool:
        return getattr(self.model, "append_only", False)


def pointing_to(target: type[Traceable]) -> list[Pointing]:
    """Return every model that points to rows of ``target`` or to their references, in order of its label."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy or not model._meta.managed:
            continue
        pointers = tuple(
            Pointer(field.column, to)
            for field in model._meta.local_concrete_fields
            for to in _points(model, field, target)
        )
        if pointers:
            found.append(Pointing(model, pointers))
    return sorted(found, key=lambda pointing: pointing.label)


def _points(model: type[Model], field: Field, target: type[Traceable]) -> Iterator[Literal["row", "ref"]]:
    if field.related_model is target:
        yield "row"
    elif field.related_model is Ref and not (issubclass(model, Traceable) and field.name == "ref"):
        # A thing's own reference stays its own.
        yield "ref"
    elif isinstance(field, UUIDField) and not field.is_relation and field.column == LOOSE[target]:
        yield "row"
