from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.record.publications import queries
from secretariat.registry.refs.panels import Line, Panel, address_of


def printed_in(ref: UUID, actor: Actor, _on: date) -> Panel:
    """The publications a thing has an entry in. One statement."""
    lines = [
        Line(
            entry.publication, address_of("publication", entry.publication.ref.number),
            entry.get_state_display(), entry.publication.ref.number,
        )
        for entry in queries.entries_of(actor, ref)
    ]  # fmt: skip
    return Panel(_("Publications"), lines)
