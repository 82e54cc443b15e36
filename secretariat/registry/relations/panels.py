"""What the desk reads on a person's page: the relations it recorded itself. Those she declared are hers alone."""

from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.registry.people.models import Person
from secretariat.registry.refs.panels import Line, Panel, Way
from secretariat.registry.relations.queries import pinned_of
from secretariat.registry.relations.rules import can_pin


def pinned_relations(person: UUID, actor: Actor, on: date) -> Panel:
    """What the secretariat knows of a person's relations."""
    may = can_pin(actor)
    number = Person.objects.values_list("ref__number", flat=True).get(pk=person) if may else ""
    lines = [
        Line(
            row.name, "", f"{row.get_kind_display()} · {row.note}", "", row.starts_on, row.ends_on,
            row.ends_on is not None and row.ends_on < on,
            [Way(_("End"), reverse("desk_relations:end", args=[number, row.pk]))] if may and not row.ends_on else [],
        )
        for row in pinned_of(person)
    ]  # fmt: skip
    way = Way(_("Add"), reverse("desk_relations:pin", args=[number])) if may else None
    return Panel(_("Personal relations recorded by the secretariat"), lines, way)
