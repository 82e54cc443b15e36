"""What can be brought in, and what one row of it does. Apps above register theirs; nothing here knows any of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from secretariat.foundation.accounts.actor import Actor

Label = str | Promise


class Refused(ValueError):
    """A row is refused because of one field; ``key`` is the field's."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(reason)
        self.key = key


@dataclass(frozen=True)
class Field:
    """A column that an importer knows. ``names`` are heads it goes by in files; ``kind`` says how its text is read."""

    key: str
    label: Label
    names: Sequence[str] = ()
    kind: str = "text"  # text, paragraphs, day, words
    is_required: bool = False
    hint: Label = ""


@dataclass(frozen=True)
class Done:
    """What one row did: ``outcome`` is new, changed or same; ``memory`` is handed back when it is undone."""

    outcome: str
    subject_id: UUID
    name: str
    path: str = ""
    changes: Sequence[tuple[str, str, str]] = ()
    memory: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Importer:
    """How one kind of row is brought in.

    ``bring(values, actor=…, now=…)`` makes the calls to the actions and returns what was done; a field that is absent
    from ``values`` has no column, an empty one is left as it is. ValueError and its like refuse the row. ``identity``
    is what tells two rows of a file to be about the same. ``undo(subject_id, outcome, memory, actor=…, now=…)`` takes
    back what a row did, or refuses.
    """

    key: str
    label: Label
    fields: Sequence[Field]
    bring: Callable[..., Done]
    undo: Callable[..., None]
    identity: Callable[[Mapping[str, Any]], str] = lambda _values: ""
    text: Label = ""

    def field(self, key: str) -> Field | None:
        return next((each for each in self.fields if each.key == key), None)


@dataclass(frozen=True)
class Family:
    """Importers of which there is one for each thing of a kind: that of a call has the columns of its form.

    The key of one is the family's, a colon, and the thing's. ``label(thing)`` names it without a question to the
    database, ``offer()`` returns those that are open now, ``find(thing)`` one of any time.
    """

    key: str
    label: Callable[[str], Label]
    offer: Callable[[], Sequence[Importer]]
    find: Callable[[str], Importer | None]


_IMPORTERS: dict[str, Importer] = {}
_FAMILIES: dict[str, Family] = {}
Bring = Callable[[Mapping[str, Any], Actor, datetime], Done]


def register_importer(importer: Importer) -> None:
    """Say what can be brought in; called once, in the ``ready`` of the app that owns it."""
    if importer.key in _IMPORTERS:
        raise ValueError(f"The importer '{importer.key}' is registered twice.")
    _IMPORTERS[importer.key] = importer


def register_family(family: Family) -> None:
    """Say of what there is an importer each; called once, in the ``ready`` of the app that owns it."""
    if family.key in _FAMILIES:
        raise ValueError(f"The family '{family.key}' is registered twice.")
    _FAMILIES[family.key] = family


def importers() -> list[Importer]:
    """Return everything that can be brought in now, in the order of registration, families last."""
    return [*_IMPORTERS.values(), *(each for family in _FAMILIES.values() for each in family.offer())]


def importer_of(key: str) -> Importer | None:
    """Return the importer with this key."""
    family, _colon, thing = key.partition(":")
    if thing and family in _FAMILIES:
        return _FAMILIES[family].find(thing)
    return _IMPORTERS.get(key)


def label_of(key: str) -> Label:
    """Return what an importer is called; its key where no app knows it any more. No statement."""
    family, _colon, thing = key.partition(":")
    if thing and family in _FAMILIES:
        return _FAMILIES[family].label(thing)
    return _IMPORTERS[key].label if key in _IMPORTERS else key
