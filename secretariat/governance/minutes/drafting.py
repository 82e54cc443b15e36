"""Minutes as the record tells them: who was there, what was taken up, who presided, spoke, and what was decided."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from secretariat.foundation.ui.templatetags.ui import moment
from secretariat.governance.ballots.logic import quorum_of
from secretariat.governance.ballots.models import Ballot
from secretariat.governance.ballots.queries import roll_call
from secretariat.governance.ballots.states import Choice
from secretariat.governance.meetings.models import Attendance, Meeting, Proxy, Recusal, Speech
from secretariat.governance.meetings.queries import (
    Happening,
    agenda_of,
    ballots_by_item,
    electorate_in,
    events_of,
    rules_of,
)
from secretariat.governance.minutes.logic import Drafted, joined, listed, parted
from secretariat.governance.motions.models import Motion
from secretariat.governance.motions.queries import amendments_of
from secretariat.registry.organisations.models import Organisation
from secretariat.registry.people.models import Person

LANGUAGES = (("en", "en"), ("zh", "zh-hans"))


def draft_of(meeting: Meeting) -> list[Drafted]:
    """Return the minutes of a meeting as the record tells them, in the order they are read, language by language."""
    found: list[Drafted] = []
    for key, language in LANGUAGES:
        with translation.override(language):
            found += _drafted(meeting, key)
    return found


def _drafted(meeting: Meeting, language: str) -> list[Drafted]:
    events = events_of(meeting)
    rows = [
        Drafted("opening", language, _("Opening"), joined(_opening(meeting, events), language)),
        Drafted("attendance", language, _("Attendance"), joined(_attendance(meeting, language), language)),
    ]
    ballots, adjourned = ballots_by_item(meeting), []
    for line in agenda_of(meeting):
        item = line.item
        if item.state == "adjourned":
            adjourned.append(line.number)
        course = [
            *_course(meeting, item.pk, [event for event in events if event.item_id == item.pk], events),
            *_recusals(item), *_speeches(item, language),
            *_motions(item, ballots.get(item.pk, []), language),
        ]  # fmt: skip
        said = [joined(course, language), *_votes(ballots.get(item.pk, []), language)]
        title = item.title_in(language)
        rows.append(Drafted(str(item.pk), language, title, parted(said), line.number, item))
    closing = _("The meeting was closed at %(time)s.") % {"time": _time(meeting.ended_at, meeting.zone)}
    rows.append(Drafted("closing", language, _("Closing"), closing))
    return rows


def _opening(meeting: Meeting, events: Sequence[Happening]) -> list[str]:
    told = {
        "body": str(meeting.body), "when": moment(meeting.opened_at, meeting.zone),
        "how": str(meeting.get_how_display()), "place": meeting.place,
    }  # fmt: skip
    said = [
        _("The %(body)s met in %(place)s (%(how)s). The meeting was opened on %(when)s.") % told
        if meeting.place
        else _("The %(body)s met (%(how)s). The meeting was opened on %(when)s.") % told
    ]
    first = next((event.who for event in events if event.what == "chair_passed" and event.who), "")
    if first:
        said.append(_("In the chair: %(person)s.") % {"person": first})
    if meeting.short_notice:
        said.append(
            _("It was convened at short notice, for this reason: %(reason)s")
            % {"reason": meeting.short_notice}
        )
    return said


def _attendance(meeting: Meeting, language: str) -> list[str]:
    rows = list(
        Attendance.objects.filter(meeting=meeting).select_related("person").order_by("arrived_at", "pk")
    )
    first = {}
    for row in rows:
        first.setdefault(row.person_id, row)
    present = sorted(first.values(), key=lambda row: row.person.sort_key)
    said = [_("Present: %(names)s.") % {"names": listed([_came(row, meeting) for row in present], language)}]
    places = electorate_in(meeting)
    # A place without anybody to cast its vote is away under its own name.
    away = [place for place in places if place.voter is None or place.voter not in first]
    if away:
        said.append(_("Away: %(names)s.") % {"names": listed(_names(away), language)})
    said += _gone(rows, meeting, language)
    proxies = list(
        Proxy.objects.filter(meeting=meeting, state="accepted")
        .select_related("giver", "holder", "organisation")
        .order_by("answered_at", "pk")
    )
    if proxies:
        pairs = [
            _("%(giver)s to %(holder)s") % {"giver": row.organisation or row.giver, "holder": row.holder}
            for row in proxies
        ]
        said.append(_("Proxies: %(names)s.") % {"names": listed(pairs, language)})
    return [*said, _quorum(meeting, rows, places, {proxy.giver_id for proxy in proxies})]


def _came(row: Attendance, meeting: Meeting) -> str:
    told = {"name": str(row.person), "time": _time(row.arrived_at, meeting.zone)}
    late = meeting.opened_at is not None and row.arrived_at > meeting.opened_at
    if late and row.mode == "remote":
        return _("%(name)s (at a distance, from %(time)s)") % told
    if late:
        return _("%(name)s (from %(time)s)") % told
    return _("%(name)s (at a distance)") % told if row.mode == "remote" else told["name"]


def _gone(rows: Sequence[Attendance], meeting: Meeting, language: str) -> list[str]:
    gone = [row for row in rows if row.left_at and meeting.ended_at and row.left_at < meeting.ended_at]
    names = [
        _("%(name)s (at %(time)s)") % {"name": row.person, "time": _time(row.left_at, meeting.zone)}
        for row in gone
    ]
    return [_("Left before the end: %(names)s.") % {"names": listed(names, language)}] if names else []


def _quorum(meeting: Meeting, rows: Sequence[Attendance], places: Sequence[Any], givers: set[UUID]) -> str:
    """Say whether there was a quorum when the meeting was opened."""
    procedure, opened = rules_of(meeting), meeting.opened_at
    there = {
        row.person_id
        for row in rows
        if opened
        and row.arrived_at <= opened
        and (row.left_at is None or row.left_at > opened)
        and (procedure.remote or row.mode == "room")
    }
    present = sum(place.voter in there or place.voter in givers for place in places)
    needed = quorum_of(procedure).needed(len(places))
    told = {"there": present, "entitled": len(places), "needed": needed}
    if present >= needed:
        return _(
            "At the opening %(there)s of %(entitled)s votes were there or represented; with %(needed)s needed, "
            "there was a quorum."
        ) % told  # fmt: skip
    return _(
        "At the opening %(there)s of %(entitled)s votes were there or represented; with %(needed)s needed, "
        "there was no quorum."
    ) % told  # fmt: skip


def _names(places: Sequence[Any]) -> list[str]:
    people = Person.objects.in_bulk({place.person for place in places if place.person})
    bodies = Organisation.objects.in_bulk({place.organisation for place in places if place.organisation})
    return [str(bodies.get(place.organisation) or people.get(place.person) or "") for place in places]


def _course(meeting: Meeting, item: UUID, own: Sequence[Happening], events: Sequence[Happening]) -> list[str]:
    said = []
    taken_up = [event for event in own if event.what == "item_taken_up"]
    for event in taken_up:
        told = {"time": _time(event.at, meeting.zone)}
        said.append(
            _("It was taken up again at %(time)s.") % told
            if event.detail.get("again")
            else _("It was taken up at %(time)s.") % told
        )
    if taken_up:
        # Who presides when an item is taken up is who was last given the chair; while it lasts, the chair may pass.
        earlier = [
            e for e in events if e.what == "chair_passed" and e.at <= taken_up[0].at and e.item_id != item
        ]
        passed = [event for event in own if event.what == "chair_passed"]
        before = earlier[-1:] if not passed or passed[0].at > taken_up[0].at else []
        holders = [event.who for event in (*before, *passed)]
        said += [
            _("In the chair: %(person)s.") % {"person": name} if name else _("Nobody was in the chair.")
            for name in holders
        ]
    for event in own:
        if event.what in ("item_finished", "item_adjourned"):
            told = {"time": _time(event.at, meeting.zone)}
            said.append(
                _("It was concluded at %(time)s.") % told
                if event.what == "item_finished"
                else _("It was adjourned at %(time)s.") % told
            )
    return said


def _recusals(item: Any) -> list[str]:
    rows = Recusal.objects.filter(item=item).select_related("person").order_by("recused_at", "pk")
    said = []
    for row in rows:
        told = {"person": row.person, "reason": row.reason}
        said.append(_("%(person)s took no part in it, for this reason: %(reason)s.") % told)
    return said


def _speeches(item: Any, language: str) -> list[str]:
    rows = Speech.objects.filter(item=item, started_at__isnull=False).select_related("person")
    names = [
        _("%(name)s (%(stance)s)") % {"name": row.person, "stance": row.get_stance_display()}
        for row in rows.order_by("started_at", "pk")
    ]
    return [_("The floor was given to: %(names)s.") % {"names": listed(names, language)}] if names else []


def _motions(item: Any, ballots: Sequence[Ballot], language: str) -> list[str]:
    subjects = {item.subject_id, *(ballot.subject_id for ballot in ballots)} - {None}
    if not subjects:
        return []
    rows = Motion.objects.filter(Q(ref__in=subjects) | Q(amendments__ref__in=subjects)).distinct()
    said = []
    for motion in rows.select_related("ref", "body").order_by("pk"):
        told = {"code": motion.code, "title": motion.title_in(language), "state": motion.get_state_display()}
        said.append(_("Motion %(code)s, “%(title)s”: %(state)s.") % told)
        for row in amendments_of(motion):
            told = {"number": row.number, "paragraph": row.paragraph, "state": row.get_state_display()}
            said.append(_("Amendment A%(number)s to paragraph %(paragraph)s: %(state)s.") % told)
    return said


def _votes(ballots: Sequence[Ballot], language: str) -> list[str]:
    """Each ballot in a paragraph of its own."""
    return [joined(_vote(ballot, language), language) for ballot in ballots]


def _vote(ballot: Ballot, language: str) -> list[str]:
    said = [
        _("Put to the vote (%(method)s): %(question)s")
        % {"method": ballot.get_method_display(), "question": ballot.question_in(language)}
    ]
    result = getattr(ballot, "result", None)
    if result is None:
        return [*said, _("It was not decided: %(reason)s") % {"reason": ballot.reason or "–"}]
    told = {
        "outcome": result.get_outcome_display(), "yes": f"{result.yes:f}".rstrip("0").rstrip("."),
        "no": f"{result.no:f}".rstrip("0").rstrip("."),
        "abstain": f"{result.abstain:f}".rstrip("0").rstrip("."),
    }  # fmt: skip
    said.append(_("%(yes)s yes, %(no)s no, %(abstain)s abstaining: %(outcome)s.") % told)
    return [*said, *_roll(ballot, language)] if ballot.method == "roll_call" else said


def _roll(ballot: Ballot, language: str) -> list[str]:
    """Who said what in a roll call: the names after each vote, in the order of the roll."""
    names: dict[str, list[str]] = {choice: [] for choice in Choice.values}
    for line in roll_call(ballot):
        if line.said:
            names[line.said.choice].append(str(line.organisation or line.person))
    told = {
        Choice.YES: _("In favour: %(names)s."), Choice.NO: _("Against: %(names)s."),
        Choice.ABSTAIN: _("Abstaining: %(names)s."),
    }  # fmt: skip
    return [
        words % {"names": listed(names[choice], language)} for choice, words in told.items() if names[choice]
    ]


def _time(value: datetime | None, zone: str) -> str:
    return f"{value.astimezone(ZoneInfo(zone)):%H:%M}" if value else "–"
