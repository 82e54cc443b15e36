"""What is kept of a meeting, on the meeting's own page: its minutes and what was resolved there."""

from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.meetings.models import Meeting
from secretariat.governance.minutes import queries, rules
from secretariat.governance.minutes.tables import resolution_path, standing_words
from secretariat.registry.refs.panels import Line, Panel


def of_meeting(meeting: UUID, actor: Actor, _on: date) -> Panel:
    """At the desk: the minutes, or where they are drafted; and the resolutions. Three statements."""
    minutes, lines = queries.minutes_of(meeting), []
    if minutes is not None:
        path = reverse("desk_minutes:one", args=[minutes.ref.number])
        lines.append(
            Line(_("Minutes of this meeting"), path, minutes.get_state_display(), minutes.ref.number)
        )
    else:
        held = Meeting.objects.filter(pk=meeting).select_related("ref", "body").get()
        if rules.can_keep(actor, held.body):
            path = reverse("desk_minutes:draft", args=[held.ref.number])
            lines.append(Line(_("Draft the minutes"), path))
    for row in queries.resolutions_of_meeting(meeting):
        lines.append(Line(row, resolution_path(row), standing_words(row), row.code))
    return Panel(_("Minutes and resolutions"), lines)


def for_member(meeting: UUID, actor: Actor, _on: date) -> Panel:
    """For a member: the minutes once they are circulated, and the resolutions."""
    lines = []
    for minutes in queries.own_minutes(actor).filter(meeting=meeting):
        path = reverse("my_minutes:one", args=[minutes.ref.number])
        lines.append(
            Line(_("Minutes of this meeting"), path, minutes.get_state_display(), minutes.ref.number)
        )
    for row in queries.own_resolutions(actor).filter(item__meeting=meeting):
        path = reverse("my_minutes:resolution", args=[row.ref.number])
        lines.append(Line(row, path, standing_words(row), row.code))
    return Panel(_("Minutes and resolutions"), lines)
