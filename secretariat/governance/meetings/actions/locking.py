from collections.abc import Sequence

from secretariat.foundation.accounts.actor import require_state
from secretariat.governance.meetings.models import AgendaItem, Meeting
from secretariat.registry.refs.actions import update_ref

ALIVE = ("planned", "convened", "open")


def locked(meeting: Meeting, states: Sequence[str], what: str) -> Meeting:
    """Return a meeting with its row locked, in one of these states; WrongState otherwise."""
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("ref", "body", "last_presiding")
    meeting = rows.get(pk=meeting.pk)
    require_state(meeting.state, states, what)
    return meeting


def locked_item(item: AgendaItem, states: Sequence[str], what: str) -> AgendaItem:
    """Return an item, its meeting locked and in one of these states; WrongState otherwise."""
    meeting = locked(item.meeting, states, what)
    item = AgendaItem.objects.select_related("subject").get(pk=item.pk)
    item.meeting = meeting
    return item


def lead(meeting: Meeting, state: str, **changes: object) -> None:
    """Bring a meeting into a state, and its reference with it."""
    for name, value in {"state": state, **changes}.items():
        setattr(meeting, name, value)
    meeting.save(update_fields=["state", *changes])
    update_ref(ref_id=meeting.ref_id, state=state)
