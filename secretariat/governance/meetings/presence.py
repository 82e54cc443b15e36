"""Who is there, who is recused, and who therefore presides: asked by rules and by queries alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.ballots.electorate import electorate_of
from secretariat.governance.ballots.logic import Place
from secretariat.governance.ballots.models import Procedure
from secretariat.governance.ballots.queries import procedure_of
from secretariat.governance.ballots.states import Presider
from secretariat.governance.bodies.models import Body
from secretariat.governance.bodies.queries import acting_in
from secretariat.governance.bodies.states import Role
from secretariat.governance.meetings.logic import lineage
from secretariat.governance.meetings.models import AgendaItem, Attendance, Deputy, Meeting, Recusal
from secretariat.governance.meetings.states import Mode
from secretariat.registry.people.models import Person


def rules_of(meeting: Meeting) -> Procedure:
    """Return the rules of procedure in force on the day of a meeting; the usual ones where none are recorded."""
    return procedure_of(meeting.body, meeting.day) or Procedure(body=meeting.body)


def electorate_in(meeting: Meeting) -> Sequence[Place]:
    """Return the votes there are in a meeting, alternates called in for it included, in the order of the roll."""
    return electorate_of(meeting.body, meeting.day, meeting.ref_id)


def people_there(meeting: Meeting, procedure: Procedure | None = None) -> dict[UUID, str]:
    """Return who is there now and counts, with how. At a distance counts where the rules of procedure say so."""
    procedure = procedure or rules_of(meeting)
    rows = Attendance.objects.filter(meeting=meeting, left_at=None)
    if not procedure.remote:
        rows = rows.filter(mode=Mode.ROOM)
    return dict(rows.values_list("person", "mode"))


def recusals_on(item: AgendaItem | None) -> dict[UUID, Recusal]:
    """Return who takes no part in an item, by person: recused on it, or on what it stands under."""
    if item is None:
        return {}
    parents = dict(AgendaItem.objects.filter(meeting=item.meeting_id).values_list("pk", "parent"))
    rows = Recusal.objects.filter(item__in=lineage(parents, item.pk), lifted_at=None)
    return {row.person_id: row for row in rows.select_related("person").order_by("recused_at")}


def current_item(meeting: Meeting) -> AgendaItem | None:
    """Return the item that a meeting is at."""
    return AgendaItem.objects.filter(meeting=meeting, state="current").first()


def presiding(
    meeting: Meeting, item: AgendaItem | None = None, *, there: dict[UUID, str] | None = None,
    recused: dict[UUID, Recusal] | None = None, procedure: Procedure | None = None,
) -> Person | None:  # fmt: skip
    """Return who holds the chair: the chair, else the vice-chairs in the order of their seats, else whoever was chosen.

    Where the rules of procedure say so, those present choose at once, and no vice-chair presides by right.

    Before a meeting is open that is the body's chair. While it is open, whoever is absent, or recused on the item,
    holds no chair: it passes to the next, and back when the item is over.
    """
    if meeting.state in ("closed", "cancelled"):
        return meeting.last_presiding
    # Whose seat an alternate acts for does not preside: the chair passes as if she were absent.
    leading = [
        each.holder
        for each in acting_in(meeting.body, meeting.day, meeting.ref_id)
        if each.by.role in (Role.CHAIR, Role.VICE_CHAIR) and each.by.person is not None
    ]
    order = [term.person for term in leading]
    if meeting.state != "open":
        return order[0] if order else None
    procedure = procedure or rules_of(meeting)
    there = people_there(meeting, procedure) if there is None else there
    recused = recusals_on(item) if recused is None else recused
    if order and procedure.deputy == Presider.CHOSEN:
        order = [term.person for term in leading if term.role == Role.CHAIR]
    ready = next((person for person in order if person.pk in there and person.pk not in recused), None)
    if ready is not None:
        return ready
    chosen = Deputy.objects.filter(meeting=meeting, person__in=there).exclude(person__in=recused)
    last = chosen.select_related("person").order_by("-chosen_at", "-pk").first()
    return last.person if last else None


@dataclass(frozen=True)
class Room:
    """A meeting as it stands at a moment: what it is at, by which rules, who is there, recused, and in the chair."""

    meeting: Meeting
    item: AgendaItem | None
    procedure: Procedure
    there: dict[UUID, str]
    recused: dict[UUID, Recusal]
    chair: Person | None


def room_of(meeting: Meeting, item: AgendaItem | None = None) -> Room:
    """Return a meeting as it stands now, or as it would stand at another item. Six statements at most."""
    item = item or current_item(meeting)
    procedure = rules_of(meeting)
    there, recused = people_there(meeting, procedure), recusals_on(item)
    chair = presiding(meeting, item, there=there, recused=recused, procedure=procedure)
    return Room(meeting, item, procedure, there, recused, chair)


def presides(actor: Actor, body: Body) -> bool | None:
    """Whether an actor holds the chair of a body that meets now; None while it does not meet."""
    meeting = Meeting.objects.filter(body=body, state="open").select_related("body").first()
    if meeting is None:
        return None
    if actor.person_id is None or actor.acting_for_id is not None or actor.token_id is not None:
        return False
    holder = presiding(meeting, current_item(meeting))
    return holder is not None and holder.pk == actor.person_id
