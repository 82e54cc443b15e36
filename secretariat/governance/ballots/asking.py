"""How the question about a thing is put: asked of the app whose thing it is, so a meeting need not know motions."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.ballots.models import Ballot
from secretariat.registry.refs.models import Ref

# (subject=, method=, closes_at=, actor=, now=) -> a declared ballot with question, rules and subject; ValueError or
# WrongState where the thing is not ready to be voted on.
Declare = Callable[..., Ballot]
_DECLARES: dict[str, Declare] = {}


def register_question(kind: str, declare: Declare) -> None:
    """Say how the question about references of a kind is put; called once, in an app's ``ready``."""
    if kind in _DECLARES:
        raise ValueError(f"The question about '{kind}' is registered twice.")
    _DECLARES[kind] = declare


def has_question(subject: Ref) -> bool:
    """Whether an app puts the question about this thing itself."""
    return subject.kind in _DECLARES


def declare_about(
    *, subject: Ref, method: str, closes_at: datetime | None = None, actor: Actor, now: datetime, **said: Any
) -> Ballot:
    """Declare the ballot about a thing as its app puts it. LookupError where nobody does."""
    return _DECLARES[subject.kind](
        subject=subject, method=method, closes_at=closes_at, actor=actor, now=now, **said
    )
