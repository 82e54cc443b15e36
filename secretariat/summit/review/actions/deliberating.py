"""The committee's room is prepared: what is contested goes on an agenda, and who may not hear it is recused."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from secretariat.engines.timetable import Order, order_by_exits
from secretariat.foundation.accounts.actor import Actor, require
from secretariat.foundation.audit import actions as audit
from secretariat.governance.meetings.actions import add_item, recuse
from secretariat.governance.meetings.models import AgendaItem, Meeting
from secretariat.governance.meetings.queries import electorate_in
from secretariat.registry.people.models import Person
from secretariat.summit.calls.models import Call, Stage, Submission
from secretariat.summit.review import queries, rules
from secretariat.summit.review.actions.moving import require_line


def plan_deliberation(*, stage: Stage, meeting: Meeting, actor: Actor, now: datetime) -> Order:
    """Put what is contested in a stage on the agenda of a meeting of its committee.

    The items stand in the order in which those who may not hear them leave the room as seldom as possible; each of
    those is recused on her items at once. Items on the agenda already stay. Returns the order with its exits.
    """
    require(rules.can_run_review(actor), _("prepare a deliberation"))
    with audit.act("deliberation_planned", actor=actor, now=now, stage=stage.key) as act:
        call = Call.objects.select_for_update().get(pk=stage.call_id)
        require_line(stage)
        if meeting.body_id != call.committee_id:
            raise ValueError(_("That meeting is one of another body."))
        items = _items_to_add(call, stage, meeting)
        outside = _outside(call, meeting, items)
        order = order_by_exits(outside)
        people = Person.objects.in_bulk({person for kept_out in outside.values() for person in kept_out})
        for number in order.items:
            added = add_item(
                meeting=meeting, **_titles(items[number]), subject=items[number].ref, purpose="decision",
                audience="body", actor=actor, now=now,
            )  # fmt: skip
            for person in outside[number]:
                recuse(
                    item=added, person=people[person], reason=_("She may not judge this item."), found="review",
                    actor=actor, now=now,
                )  # fmt: skip
        act.on(meeting, items=len(order.items), exits=order.exits, at_least=order.at_least)
    return order


def _items_to_add(call: Call, stage: Stage, meeting: Meeting) -> dict[str, Submission]:
    """What is contested and not on the agenda yet, by number, in the order of the list."""
    drawn = queries.cut_line(stage)
    numbers = [row.number for row in drawn.contested] if drawn else []
    there = AgendaItem.objects.filter(meeting=meeting, subject__number__in=numbers)
    known = set(there.values_list("subject__number", flat=True))
    found = {s.ref.number: s for s in call.submissions.filter(ref__number__in=numbers).select_related("ref")}
    items = {number: found[number] for number in numbers if number not in known}
    if not items:
        raise ValueError(_("Nothing is contested that is not on the agenda already."))
    return items


def _outside(call: Call, meeting: Meeting, items: Mapping[str, Submission]) -> dict[str, list[UUID]]:
    """Who of those with a vote may not hear each item, in a fixed order."""
    voters = {place.voter for place in electorate_in(meeting) if place.voter}
    outside: dict[str, set[UUID]] = {number: set() for number in items}
    for conflict in queries.barred_pairs(call):
        number = conflict.submission.ref.number
        if number in outside and conflict.person_id in voters:
            outside[number].add(conflict.person_id)
    return {number: sorted(people) for number, people in outside.items()}


def _titles(submission: Submission) -> dict[str, str]:
    english = submission.title_en or submission.title_zh or submission.ref.number
    return {"title_en": english[:300], "title_zh": (submission.title_zh or english)[:300]}
