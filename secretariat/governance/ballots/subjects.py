"""Whom or what a question is about, told beside it each time it is shown.

A question is sealed and stays for ever, so it names a person by a number at most; the app whose thing it is says the
name as it is now, and says none any more once she has been forgotten.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from secretariat.governance.ballots.models import Ballot
from secretariat.registry.refs.models import Ref


@dataclass(frozen=True)
class Subject:
    """A thing that is decided on, for those who decide: its name, and what is to be known of it, label by label."""

    name: str
    facts: tuple[tuple[str, str], ...] = ()


# (keys of references of one kind) -> what is told of each.
Tell = Callable[[Collection[UUID]], Mapping[UUID, Subject]]
_TELLS: dict[str, Tell] = {}


def register_subject(kind: str, tell: Tell) -> None:
    """Say what is told of references of a kind; called once, in an app's ``ready``."""
    if kind in _TELLS:
        raise ValueError(f"What is told of '{kind}' is registered twice.")
    _TELLS[kind] = tell


def subject_of(ballot: Ballot) -> Subject | None:
    """Return what is told of a ballot's subject; None where nothing is. One statement, and those of whoever tells."""
    if ballot.subject_id is None:
        return None
    kind = Ref.objects.filter(pk=ballot.subject_id).values_list("kind", flat=True).first()
    tell = _TELLS.get(kind)
    return tell([ballot.subject_id]).get(ballot.subject_id) if tell else None
