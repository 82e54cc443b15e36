"""A case in the committee's room with secrets planted, and people who may not see how it is judged."""

import io
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from secretariat.foundation.files.actions import store_file
from secretariat.governance.ballots.actions import cast_vote, close_ballot, open_ballot
from secretariat.governance.ballots.models import RollLine
from secretariat.governance.meetings.actions import (
    add_paper,
    add_paper_version,
    close_meeting,
    convene,
    open_meeting,
    record_arrival,
    recuse,
    take_up,
)
from secretariat.governance.meetings.models import ItemBallot
from secretariat.governance.meetings.queries import places_for
from secretariat.governance.minutes.actions import circulate_minutes, draft_minutes, edit_paragraph
from secretariat.governance.minutes.models import Paragraph
from secretariat.record.search.actions import reindex
from secretariat.registry.relations.actions import declare_relation
from secretariat.summit.review import actions, queries
from tests.factories.accounts import INSTALLER, make_account
from tests.factories.ballots import make_procedure
from tests.factories.bodies import make_term
from tests.factories.calls import STAFF
from tests.factories.meetings import make_item, make_meeting
from tests.factories.people import make_person
from tests.factories.review import (
    LATER,
    actor_of,
    assignments_of,
    declare_all,
    make_call_in_review,
    make_conflict,
    make_matching,
    stage_of,
    stages,
)

SOON = LATER + timedelta(hours=1)
PRIVATE = "SECRET-relation"
SECRETS = COMMENT, TIE, MOVE, PAPER, MINUTE = tuple(
    f"SECRET-{what}" for what in ("comment", "tie", "move", "paper", "minute")
)


@dataclass
class Case:
    """What was played: the case, what nobody barred from it may see, and who is barred, by role."""

    call: Any
    item: Any
    meeting: Any
    agenda: Any
    ballot: Any
    minutes: Any
    people: dict[str, Any]
    readings: list[Any]
    paper: Any


def with_moves(committee, council, **kw):
    return [
        {**row, "moves": "vote"} if row["kind"] == "calibrated" else row
        for row in stages(committee, council, **kw)
    ]


def make_case():
    """Six items are read by a committee of six, of whom the chair and one more are barred from the case.

    It is contested: the committee moved it by a vote in a meeting that was held, and the minutes go round.
    """
    call, members = make_call_in_review(
        6, members=6, readers=3, keep=2, declared=with_moves, refused="move_up"
    )
    item = call.submissions.select_related("ref", "call", "person").order_by("ref__number")[3]
    people = {"chair": members[0], "member": members[1], "applicant": item.person}
    people["secretary"] = make_person(account=make_account())
    make_term(call.committee, people["secretary"], role="secretary")
    people["stranger"] = make_person(account=make_account())
    for barred in (people["chair"], people["member"], people["secretary"]):
        conflict = make_conflict(barred, item)
        actions.resolve_conflict(conflict=conflict, bars=True, reason="Related.", actor=STAFF, now=LATER)
    make_matching(call)
    declare_all(call, members)
    readings = _read(call, item)
    cleared = make_conflict(members[5], item)
    actions.resolve_conflict(conflict=cleared, bars=False, reason=TIE, actor=STAFF, now=LATER)
    people["declarer"] = members[5]
    declare_relation(
        name=str(call.submissions.exclude(pk=item.pk)[0].person),
        kind="family",
        note=PRIVATE,
        actor=actor_of(members[5]),
        now=LATER,
    )
    actions.find_conflicts(call=call, actor=STAFF, now=LATER)
    case = Case(call, item, None, None, None, None, people, readings, None)
    _deliberate(case, members)
    reindex(now=timezone.now())
    return case


def _read(call, item):
    """Everybody reads. The case has scores that no other item has, and comments that betray where they are seen."""
    own = [row for row in assignments_of(call) if row.submission_id == item.pk]
    for n, row in enumerate(assignments_of(call)):
        mine = row in own
        scores = {"depth": 9, "benefit": 7} if mine else {"depth": 1 + n % 6, "benefit": 1 + (n * 5) % 6}
        actions.hand_in_review(
            assignment=row, scores=scores, comment=f"{COMMENT}-{n}" if mine else "Plain.",
            actor=actor_of(row.reviewer), now=LATER,
        )  # fmt: skip
    return own


def _deliberate(case, members):
    """The move is put, the meeting held with the case on its agenda, the vote taken, and the minutes circulated."""
    call, stage, now = case.call, stage_of(case.call), timezone.now()
    make_procedure(call.committee, starts_on=now.date() - timedelta(days=400))
    begins = now - timedelta(hours=3)
    case.meeting = make_meeting(call.committee, starts_at=begins, now=begins - timedelta(days=30))
    kept = {row.number for row in queries.cut_line(stage).rows[:2]}
    side = "below" if case.item.ref.number in kept else "above"
    move = actions.propose_move(
        stage=stage, submission=case.item, to=side, reason=MOVE, actor=STAFF, now=begins
    )
    case.ballot = move.ballot
    convene(meeting=case.meeting, reason="", actor=INSTALLER, now=begins - timedelta(days=29))
    case.agenda = make_item(case.meeting, subject=case.item.ref, title_en=case.item.title_en, now=begins)
    for role in ("chair", "member", "secretary"):
        recuse(item=case.agenda, person=case.people[role], reason="Related.", actor=INSTALLER, now=begins)
    case.paper = _paper(case.agenda, begins)
    for person in members:
        record_arrival(meeting=case.meeting, person=person, mode="room", actor=INSTALLER, now=begins)
    open_meeting(meeting=case.meeting, actor=INSTALLER, now=begins)
    take_up(item=case.agenda, actor=INSTALLER, now=begins)
    _vote(case, members, begins)
    close_meeting(meeting=case.meeting, actor=INSTALLER, now=begins + timedelta(hours=1))
    _write_minutes(case, now)


def _paper(item, now):
    content = f"%PDF-1.7\n{PAPER}".encode()
    file = store_file(
        stream=io.BytesIO(content),
        name=f"{PAPER}.pdf",
        allowed_types=(),
        limit=1000,
        actor=INSTALLER,
        now=now,
    )
    paper = add_paper(item=item, title_en=PAPER, title_zh=PAPER, actor=INSTALLER, now=now)
    return add_paper_version(paper=paper, language="en", file=file, actor=INSTALLER, now=now)


def _vote(case, members, now):
    ItemBallot.objects.create(ballot=case.ballot, item=case.agenda)
    places = places_for(case.meeting, case.agenda)
    case.ballot = ballot = open_ballot(ballot=case.ballot, places=places, actor=INSTALLER, now=now)
    lines = RollLine.objects.filter(ballot=ballot, recusal__isnull=True).select_related(
        "ballot__body", "voter"
    )
    for line in lines:
        cast_vote(line=line, choice="yes", actor=actor_of(line.voter), now=now)
    close_ballot(ballot=ballot, actor=INSTALLER, now=now)


def _write_minutes(case, now):
    case.minutes = draft_minutes(meeting=case.meeting, actor=INSTALLER, now=now)
    row = Paragraph.objects.get(minutes=case.minutes, item=case.agenda, language="en")
    edit_paragraph(paragraph=row, text=f"{row.text}\n{MINUTE}", seen=row.revision, actor=INSTALLER, now=now)
    circulate_minutes(minutes=case.minutes, until=now + timedelta(days=9), actor=INSTALLER, now=now)
