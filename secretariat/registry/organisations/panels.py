"""What the page of an organisation shows from here: its parts, and what it has a part in."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.registry.organisations.queries import parts_of_organisation
from secretariat.registry.refs.panels import Line, Panel, address_of, panel_of_parts
from secretariat.registry.refs.queries import parts_of


def organisations_inside(organisation: UUID, _actor: Actor, _on: date) -> Panel:
    """Which organisations belong to it."""
    lines = [
        Line(part, address_of("organisation", part.ref.number), part.get_kind_display(), part.ref.number)
        for part in parts_of_organisation(organisation)
    ]
    return Panel(_("Organisations that belong to it"), lines)


def things_of_organisation(organisation: UUID, _actor: Actor, _on: date) -> Panel:
    """What it has a part in: submissions, honours, memberships."""
    return panel_of_parts(parts_of(organisation=organisation))
