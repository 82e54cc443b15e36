from uuid import UUID

from secretariat.foundation.accounts.actor import Actor
from secretariat.registry.relations.models import Relation
from secretariat.registry.relations.rules import is_herself


def my_relations(actor: Actor) -> list[Relation]:
    """Return what the acting person has declared, and what was recorded of her: what goes on first, then the latest."""
    if not is_herself(actor):
        return []
    rows = Relation.objects.filter(person=actor.person_id).order_by("-starts_on", "pk")
    return sorted(rows, key=lambda row: row.ends_on is not None)


def get_my_relation(actor: Actor, pk: UUID) -> Relation:
    """Return a relation of the acting person's. Raises Relation.DoesNotExist."""
    for row in my_relations(actor):
        if row.pk == pk:
            return row
    raise Relation.DoesNotExist


def pinned_of(person: UUID) -> list[Relation]:
    """Return the relations of a person that the secretariat recorded, the latest first."""
    return list(Relation.objects.filter(person=person, is_pinned=True).order_by("-starts_on", "pk"))
