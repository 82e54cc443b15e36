from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.utils.translation import gettext as _

DOORS = ("page", "api", "command", "task", "import")


class NotAllowed(Exception):
    """The actor may not do this; the message says in the reader's language what is missing."""


class WrongState(Exception):
    """The object is not in a state that allows this; the message names the state."""


# What an action answers that does not do what it was asked for.
REFUSALS = (NotAllowed, WrongState, ValueError)


@dataclass(frozen=True)
class Capacity:
    """Somebody acts as something: a seat, a representation, a grant. ``source`` says where that is recorded."""

    right: str
    source: str
    scope_id: UUID | None = None
    body_id: UUID | None = None


@dataclass(frozen=True)
class Actor:
    """Whoever acts: account, person, capacities on the day, and for whom. ``door`` is the way in."""

    account_id: UUID | None = None
    person_id: UUID | None = None
    capacities: tuple[Capacity, ...] = ()
    acting_for_id: UUID | None = None
    tasks: frozenset[str] | None = field(default=None)  # what an assistant may do; None: everything
    door: str = "page"
    brought_by_id: UUID | None = (
        None  # the account of the desk that brings in what this person wrote elsewhere
    )
    token_id: UUID | None = None  # the access token a program came in with
    responsible_id: UUID | None = None  # the account that answers for it, where the token is nobody's own

    def has(self, right: str, scope_id: UUID | None = None) -> bool:
        """Whether a capacity gives ``right``, everywhere or for ``scope_id``; an assistant only within the tasks."""
        if self.tasks is not None and right not in self.tasks:
            return False
        return any(
            capacity.right == right and capacity.scope_id in (None, scope_id) for capacity in self.capacities
        )

    def by_decision(self, capacity: Capacity) -> "Actor":
        """Return the actor with what a body's decision lets whoever carries it out do, and no more than that."""
        return replace(self, capacities=(*self.capacities, capacity), tasks=None)

    def holds_seat_in(self, body_id: UUID) -> bool:
        return any(capacity.body_id == body_id for capacity in self.capacities)


# The platform itself: periodic work and notified deadlines that lapse.
SYSTEM = Actor(door="task")


def require(allowed: bool, what: str) -> None:
    """Raise NotAllowed unless ``allowed``; ``what`` names the refused act in the reader's language."""
    if not allowed:
        raise NotAllowed(_("You may not do this: %(what)s.") % {"what": what})


def require_state(current: str, allowed: Iterable[str], what: str) -> None:
    if current not in set(allowed):
        raise WrongState(
            _("%(what)s is not possible in the state “%(state)s”.") % {"what": what, "state": current}
        )
