from collections.abc import Collection, Iterable
from uuid import UUID

from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.meetings.logic import Line, is_seen, numbered
from secretariat.governance.meetings.models import AgendaItem, Meeting, Paper, PaperVersion
from secretariat.governance.meetings.queries.meetings import sees_as, visible_meetings

Agenda = list[Line[AgendaItem]]


def agenda_of(meeting: Meeting) -> Agenda:
    """Return the whole agenda in its order, numbered. One statement."""
    items = AgendaItem.objects.filter(meeting=meeting).select_related("subject")
    return numbered(list(items), meeting.audience)


def agenda_seen_by(actor: Actor, meeting: Meeting, may_run: bool | None = None) -> Agenda:
    """Return what an actor may see of an agenda. Numbers stay as they are: what is hidden leaves a gap."""
    seen_as = sees_as(actor, meeting, may_run)
    return [line for line in agenda_of(meeting) if is_seen(line.audience, seen_as)]


def papers_seen_by(actor: Actor, meeting: Meeting, agenda: Agenda | None = None) -> list[Paper]:
    """Return the papers of the items an actor sees, each with ``read``: its latest version in each language.

    One statement more than the agenda asks for.
    """
    agenda = agenda_seen_by(actor, meeting) if agenda is None else agenda
    rows = Paper.objects.filter(meeting=meeting, item__in=[line.item.pk for line in agenda])
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
        seen = {line.item.pk for line in agenda_seen_by(actor, meeting)}
        found += [row.file_id for row in by_meeting[meeting.pk] if row.paper.item_id in seen]
    return found
