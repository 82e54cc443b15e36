"""Who and what the simulated editions are played with: the rows that stand for the invented people and bodies."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.bodies.models import Body
from secretariat.registry.capacities.queries import capacities_of
from secretariat.registry.editions.models import Edition
from secretariat.registry.organisations.models import Organisation
from secretariat.registry.people.models import Person

DOOR = "command"


@dataclass
class World:
    """The registry by the simulation's own numbers. Actors carry the capacities the record gives them."""

    staff: Actor
    places: dict[str, Any]
    edition: Edition | None = None
    bodies: dict[str, Body] = field(default_factory=dict)
    organisations: dict[int, Organisation] = field(default_factory=dict)
    people: dict[int, Person] = field(default_factory=dict)
    chairs: dict[str, Actor] = field(default_factory=dict)
    _by_id: dict[UUID, Person] = field(default_factory=dict)
    _actors: dict[UUID, Actor] = field(default_factory=dict)

    @property
    def body_keys(self) -> dict[UUID, str]:
        return {body.pk: key for key, body in self.bodies.items()}

    def learn(self, on: date) -> None:
        """Look up everybody's capacities on a day, for all at once."""
        self._by_id = {person.pk: person for person in self.people.values()}
        held = capacities_of(list(self._by_id), on)
        self._actors = {
            person.pk: Actor(person.account_id, person.pk, held[person.pk], door=DOOR)
            for person in self._by_id.values()
        }
        self.chairs = {
            key: actor
            for actor in self._actors.values()
            for capacity in actor.capacities
            if capacity.right == "body.chair"
            for key, body in self.bodies.items()
            if body.pk == capacity.body_id
        }

    def actor_of(self, person: Person) -> Actor:
        return self._actors[person.pk]

    def person_of(self, person_id: UUID) -> Person:
        return self._by_id[person_id]
