"""Two records side by side, field by field, and what a merge would do, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.utils.text import capfirst

from secretariat.foundation.ui.changing import plain
from secretariat.foundation.ui.tables.columns import in_words
from secretariat.registry.identity.fills import Identity
from secretariat.registry.identity.queries import MergePlan
from secretariat.registry.people.models import Person

PERSON = (
    "given_name", "family_name", "name_order", "name_zh", "names", "honorific", "orcid", "languages", "country",
)  # fmt: skip
ORGANISATION = (
    "name_en", "name_zh", "names", "acronym", "kind", "country", "parent", "ror", "website", "email_domains",
)  # fmt: skip


@dataclass(frozen=True)
class Difference:
    """One field of two records. ``is_open`` where both say something, and not the same: somebody has to choose."""

    name: str
    label: str
    one: str
    other: str
    is_open: bool


@dataclass(frozen=True)
class Effect:
    """What a merge does to the rows of one kind."""

    label: str
    moves: int
    frozen: int
    collides: int


def compared(one: Identity, other: Identity) -> list[Difference]:
    """Return the fields of two records in which either says something."""
    fields = PERSON if isinstance(one, Person) else ORGANISATION
    rows = [_difference(one, other, name) for name in fields]
    return [row for row in rows if row.one or row.other]


def chosen(kept: Identity, absorbed: Identity, names: Sequence[str]) -> dict[str, Any]:
    """Return the values that are taken from the absorbed record although the kept one has its own."""
    there = {row.name for row in compared(kept, absorbed) if row.is_open}
    return {name: getattr(absorbed, name) for name in names if name in there}


def effects(plan: MergePlan) -> list[Effect]:
    """Return what a merge does, by kind of row, the most rows first."""
    found = [
        Effect(
            str(capfirst(apps.get_model(table.label)._meta.verbose_name_plural)), table.moves, table.frozen,
            sum(rows for _constraint, rows in table.collides),
        )
        for table in plan.tables
    ]  # fmt: skip
    return sorted(found, key=lambda effect: (-effect.moves, effect.label))


def filled(plan: MergePlan) -> list[str]:
    """Return the names of the fields that the kept record takes over, being empty there."""
    model = apps.get_model(plan.kind)
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return [str(fields[name].verbose_name) for name in plan.fills]


def _difference(one: Identity, other: Identity, name: str) -> Difference:
    values = [getattr(row, name) for row in (one, other)]
    words = [_words(row, name) for row in (one, other)]
    is_open = all(words) and plain(values[0]) != plain(values[1])
    return Difference(name, str(one._meta.get_field(name).verbose_name), *words, is_open)


def _words(row: Identity, name: str) -> str:
    shown = getattr(row, f"get_{name}_display", None)
    value = shown() if shown else getattr(row, name)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {text}" for key, text in value.items())
    return in_words(value)
