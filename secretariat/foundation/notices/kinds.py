"""What can be told: each app declares its kinds of notices in its ``notices.py``, in words and by group."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils.functional import Promise

from secretariat.foundation.accounts.actor import Actor

PLACEHOLDER = re.compile(r"%\((\w+)\)s")
Words = str | Promise


@dataclass(frozen=True)
class Group:
    """Kinds that a reader switches together. What is ``mandatory`` comes by mail at once, whatever she prefers.

    ``shown`` says whether an actor is asked at all how she wants it: not what she is never told.
    """

    key: str
    label: Words
    hint: Words
    position: int
    mandatory: bool = False
    shown: Callable[[Actor], bool] = lambda _actor: True


@dataclass(frozen=True)
class Kind:
    """A sentence that can be told. ``subject`` and ``text`` hold placeholders such as ``%(call)s``.

    ``text`` is paragraphs divided by an empty line. The values come from what is told: a plain value, one by language
    (``{"en": …, "zh": …}``), or, for the names in ``times`` and ``days``, a time or day in ISO form, which is shown
    in the reader's words and zone. ``path`` is where the reader does something about it, with the same placeholders
    and ``%(subject_id)s``; ``action`` says what. ``urgency`` is ``decision`` where the reader must decide something.
    ``html`` names a template for the middle of the mail where paragraphs do not do. ``sample`` fills the preview.
    """

    key: str
    group: str
    subject: Words
    text: Words
    path: str = ""
    action: Words = ""
    urgency: Literal["normal", "decision"] = "normal"
    times: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    html: str = ""
    sample: Mapping[str, Any] = field(default_factory=dict)

    def placeholders(self) -> set[str]:
        """The names a notice of this kind must come with."""
        words = f"{self.subject} {self.text} {self.path}"
        return set(PLACEHOLDER.findall(words)) - {"subject_id"}


_GROUPS: dict[str, Group] = {}
_KINDS: dict[str, Kind] = {}


def register_group(group: Group) -> None:
    """Add a group; called once, by the app that has most to do with it."""
    if group.key in _GROUPS:
        raise ValueError(f"The group of notices '{group.key}' is registered twice.")
    _GROUPS[group.key] = group


def register_kind(kind: Kind) -> None:
    """Add a kind; called once, in the ``notices.py`` of the app that tells it."""
    if kind.key in _KINDS:
        raise ValueError(f"The kind of notice '{kind.key}' is registered twice.")
    _KINDS[kind.key] = kind


def find_kind(key: str) -> Kind:
    """Return a kind.

    Raises:
        LookupError: no app declares it.
    """
    try:
        return _KINDS[key]
    except KeyError:
        raise LookupError(
            f"No app declares the kind of notice '{key}': see foundation/notices/kinds.py."
        ) from None


def group_of(kind: Kind) -> Group:
    """Return the group a kind belongs to."""
    return _GROUPS[kind.group]


def all_groups() -> list[Group]:
    """Return the groups in the order in which they are shown."""
    return sorted(_GROUPS.values(), key=lambda group: (group.position, group.key))


def all_kinds() -> list[Kind]:
    """Return the kinds by group, in the order of the groups."""
    return sorted(_KINDS.values(), key=lambda kind: (group_of(kind).position, kind.key))
