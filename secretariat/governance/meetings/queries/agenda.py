from collections.abc import Collection, Iterable
from uuid import UUID

from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.meetings.logic import Line, is_seen, numbered
from secretariat.governance.meetings.models import AgendaItem, Meeting, Paper, PaperVersion, Recusal
from secretariat.governance.meetings.queries.meetings import sees_as, visible_meetings
from secretariat.governance.meetings.rules import reads_all

Agenda = list[Line[AgendaItem]]


def agenda_of(meeting: Meeting) -> Agenda:
    """Return the whole agenda in its order, numbered. One statement."""
    items = AgendaItem.objects.filter(meeting=meeting).select_related("subject")
    return numbered(list(items), meeting.audience)


def agenda_seen_by(actor: Actor, meeting: Meeting, may_run: bool | None = None) -> Agenda:
    """Return what an actor may see of an agenda. Numbers stay as they are: what is hidden leaves a gap."""
    seen_as = sees_as(actor, meeting, may_run)
    return [line for line in agenda_of(meeting) if is_seen(line.audience, seen_as)]


def items_kept_from(actor: Actor, meeting: Meeting) -> set[UUID]:
    """Return the items of a meeting that somebody is recused from, with what stands under them.

    One statement, and one more where there is any. The desk and the auditor read everything.
    """
    if reads_all(actor) or actor.person_id is None:
        return set()
    out = Recusal.objects.filter(item__meeting=meeting, person=actor.person_id, lifted_at=None)
    kept = set(out.values_list("item", flat=True))
    for line in agenda_of(meeting) if kept else ():
        if line.item.parent_id in kept:
            kept.add(line.item.pk)
    return kept


def papers_seen_by(actor: Actor, meeting: Meeting, agenda: Agenda | None = None) -> list[Paper]:
    """Return the papers of the items an actor sees and is not recused from, each with ``read``: its latest versions.

    Two statements more than the agenda asks for.
    """
    agenda = agenda_seen_by(actor, meeting) if agenda is None else agenda
    items = {line.item.pk for line in agenda} - items_kept_from(actor, meeting)
    rows = Paper.objects.filter(meeting=meeting, item__in=items)
    papers = list(rows.select_related("item").prefetch_related("versions__file"))
    for paper in papers:
        latest = {version.language: version for version in paper.versions.all()}
        paper.read = [latest[language] for language in sorted(latest)]
        first = min(paper.versions.all(), key=lambda version: version.handed_in_at, default=None)
        paper.is_late = first is not None and first.is_late
    return papers


def files_of_papers(actor: Actor, files: Collection[UUID]) -> Iterable[UUID]:
    """Return which of these files belong to papers that the actor may read: the reader of files this app registers."""
    rows = PaperVersion.objects.filter(file__in=files, paper__withdrawn="").select_related("paper__meeting")
    by_meeting: dict[UUID, list[PaperVersion]] = {}
    for row in rows:
        by_meeting.setdefault(row.paper.meeting_id, []).append(row)
    found = []
    for meeting in visible_meetings(actor).filter(pk__in=by_meeting) if by_meeting else ():
        seen = {line.item.pk for line in agenda_seen_by(actor, meeting)} - items_kept_from(actor, meeting)
        found += [row.file_id for row in by_meeting[meeting.pk] if row.paper.item_id in seen]
    return found
