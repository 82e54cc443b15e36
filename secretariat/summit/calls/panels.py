from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.ui.templatetags.ui import day, text
from secretariat.registry.refs.panels import Line, Panel, address_of
from secretariat.summit.calls.models import Call


def calls_of_edition(edition: UUID, _actor: Actor, _on: date) -> Panel:
    """The calls of an edition. One statement."""
    rows = Call.objects.filter(edition=edition).select_related("ref").order_by("opens_at", "key")
    lines = [
        Line(
            text(row, "title"), address_of("call", row.ref.number),
            _("%(state)s · closes %(day)s")
            % {"state": row.get_state_display(), "day": day(row.closes_at.date())},
            row.ref.number, is_past=row.state in ("concluded", "cancelled"),
        )
        for row in rows
    ]  # fmt: skip
    return Panel(_("Calls"), lines)


def call_of_number(number: str) -> str:
    """Return the key of the call with this number (``CALL-CASES-2026``)."""
    return number.removeprefix("CALL-").lower()
