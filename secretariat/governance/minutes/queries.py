from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from secretariat.engines.sealed.canonical import digest
from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.files.models import File
from secretariat.foundation.files.queries import readable_files
from secretariat.governance.ballots.electorate import electorate_of
from secretariat.governance.ballots.models import Ballot
from secretariat.governance.bodies.models import Term
from secretariat.governance.meetings.models import Attendance, ItemBallot, Meeting
from secretariat.governance.meetings.queries import (
    agenda_seen_by,
    bodies_belonged_to,
    bodies_led,
    items_kept_from,
)
from secretariat.governance.minutes import rules
from secretariat.governance.minutes.logic import content_of
from secretariat.governance.minutes.models import (
    Correction,
    Evidence,
    Minutes,
    Paragraph,
    ParagraphVersion,
    Reading,
    Resolution,
)
from secretariat.governance.motions.models import Amendment
from secretariat.record.tasks.models import Task
from secretariat.record.tasks.queries import staff
from secretariat.registry.people.models import Person


def visible_minutes(actor: Actor) -> QuerySet[Minutes]:
    """Return the minutes an actor may see: those of bodies she leads, and circulated ones of hers or where she was."""
    rows = Minutes.objects.select_related(
        "ref", "meeting__ref", "meeting__body__ref", "adopting__ref", "adopting__body", "ballot__ref"
    )  # fmt: skip
    if rules.reads_all(actor):
        return rows
    if actor.person_id is None:
        return rows.none()
    return rows.filter(Q(meeting__body__in=bodies_led(actor)) | within(actor) & ~Q(state="draft"))


def within(actor: Actor) -> Q:
    """The condition that minutes are of a meeting somebody was at, or of a body she belongs to."""
    was_there = Exists(Attendance.objects.filter(meeting=OuterRef("meeting"), person=actor.person_id))
    return was_there | Q(meeting__body__in=bodies_belonged_to(actor))


def get_minutes_for(actor: Actor, number: str) -> Minutes:
    """Return the minutes with this number if the actor may see them; Minutes.DoesNotExist otherwise."""
    return visible_minutes(actor).get(ref__number=number)


def counted_minutes(actor: Actor) -> QuerySet[Minutes]:
    """Return what lists show: minutes with how many corrections are ``waiting``."""
    waiting = Count("paragraphs__corrections", filter=Q(paragraphs__corrections__state="proposed"))
    return visible_minutes(actor).annotate(waiting=waiting)


def paragraphs_seen_by(
    actor: Actor, minutes: Minutes, kept_from: Collection[UUID] | None = None
) -> list[Paragraph]:
    """Return the paragraphs an actor may see, in order: those of an item hidden from her are left out.

    So are those of an item she is recused from: she hears nothing of it in the room, and reads nothing afterwards.
    """
    items = {line.item.pk for line in agenda_seen_by(actor, minutes.meeting)}
    items -= set(items_kept_from(actor, minutes.meeting) if kept_from is None else kept_from)
    rows = Paragraph.objects.filter(minutes=minutes).order_by("position", "language")
    return [row for row in rows if row.item_id is None or row.item_id in items]


def took_no_part(actor: Actor, minutes: Minutes) -> dict[UUID, str]:
    """Return the items that a reader of minutes is recused from, with what each is called."""
    kept = items_kept_from(actor, minutes.meeting)
    lines = agenda_seen_by(actor, minutes.meeting) if kept else []
    return {line.item.pk: str(line.item) for line in lines if line.item.pk in kept}


def corrections_of(minutes: Minutes, seen: Sequence[Paragraph]) -> list[Correction]:
    """Return the corrections of paragraphs that are seen, what waits for an answer first. One statement."""
    rows = Correction.objects.filter(paragraph__minutes=minutes, paragraph__in=[row.pk for row in seen])
    rows = rows.select_related("paragraph__minutes__meeting__body", "person").order_by("proposed_at", "pk")
    return sorted(rows, key=lambda row: row.state != "proposed")


def minutes_digest(minutes: Minutes) -> str:
    """Return the digest of minutes as they read now."""
    rows = list(Paragraph.objects.filter(minutes=minutes))
    return digest(content_of(minutes.ref.number, minutes.meeting.ref.number, rows))


def meetings_without_minutes(actor: Actor) -> QuerySet[Meeting]:
    """Return the closed meetings whose minutes an actor is to draft, the oldest first."""
    drafted = Minutes.objects.filter(meeting=OuterRef("pk"))
    rows = Meeting.objects.filter(~Exists(drafted), state="closed").select_related("ref", "body")
    if not (actor.has("desk.run") or actor.has("system.run")):
        rows = rows.filter(body__in=bodies_led(actor))
    return rows.order_by("ended_at", "pk")


def meetings_after(minutes: Minutes) -> QuerySet[Meeting]:
    """Return the later meetings of the body that were opened: those that may adopt the minutes, the latest first."""
    held, ended = minutes.meeting, minutes.meeting.ended_at
    rows = (
        Meeting.objects.filter(body=held.body_id, opened_at__gte=ended) if ended else Meeting.objects.none()
    )
    return rows.select_related("ref", "body").order_by("-opened_at")


def adopts(ballot: Ballot, meeting: Meeting | None) -> bool:
    """Whether a ballot was held at a meeting and carried."""
    return _carried().filter(ballot=ballot, item__meeting=meeting).exists()


def decisions_on(minutes: Minutes) -> list[tuple[Meeting, Ballot | None]]:
    """Return by what minutes may be adopted: each later meeting without a vote, each ballot that carried there."""
    meetings = list(meetings_after(minutes))
    found: dict[UUID, list[Ballot]] = {}
    rows = _carried().filter(item__meeting__in=[meeting.pk for meeting in meetings]).order_by("created_at")
    for row in rows.select_related("ballot__ref", "item"):
        found.setdefault(row.item.meeting_id, []).append(row.ballot)
    return [(meeting, ballot) for meeting in meetings for ballot in (None, *found.get(meeting.pk, ()))]


def _carried() -> QuerySet[ItemBallot]:
    return ItemBallot.objects.filter(ballot__state="closed", ballot__result__outcome="adopted")


def minutes_of(meeting: UUID) -> Minutes | None:
    """Return the minutes of a meeting, whoever may see them; None where none were drafted."""
    return Minutes.objects.filter(meeting=meeting).select_related("ref").first()


def kept_minutes(actor: Actor) -> QuerySet[Minutes]:
    """Return the minutes an actor keeps, or reads at the desk, with the corrections ``waiting`` in each."""
    rows = counted_minutes(actor)
    return rows if rules.reads_all(actor) else rows.filter(meeting__body__in=bodies_led(actor))


def own_minutes(actor: Actor) -> QuerySet[Minutes]:
    """Return the minutes that were circulated to an actor or her bodies: those to be read first, then the latest."""
    rows = visible_minutes(actor).filter(within(actor)).exclude(state="draft")
    return rows.order_by(Case(When(state="circulated", then=0), default=1), "-meeting__starts_at", "pk")


def minutes_to_read(actor: Actor, now: datetime) -> QuerySet[Minutes]:
    """Return the circulated minutes of meetings somebody was at that she has neither read nor corrected yet."""
    said = Q(readings__person=actor.person_id) | Q(paragraphs__corrections__person=actor.person_id)
    done = Minutes.objects.filter(said).values("pk")
    there = Attendance.objects.filter(person=actor.person_id).values("meeting")
    rows = Minutes.objects.filter(meeting__in=there, state="circulated", silence_ends_at__gt=now)
    return rows.exclude(pk__in=done).select_related("ref", "meeting__body").order_by("silence_ends_at", "pk")


def minutes_to_lead(actor: Actor) -> QuerySet[Minutes]:
    """Return the drafts and circulated minutes of bodies an actor leads, with the corrections ``waiting`` in each."""
    rows = counted_minutes(actor).exclude(state="adopted")
    if not (actor.has("desk.run") or actor.has("system.run")):
        rows = rows.filter(meeting__body__in=bodies_led(actor))
    return rows.order_by("silence_ends_at", "drafted_at", "pk")


def has_read(actor: Actor, minutes: Minutes) -> bool:
    """Whether an actor has said that she wants nothing changed."""
    return Reading.objects.filter(minutes=minutes, person=actor.person_id).exists()


def readers_of(minutes: Minutes) -> list[Reading]:
    """Return who has read the minutes and wants nothing changed. One statement."""
    return list(Reading.objects.filter(minutes=minutes).select_related("person").order_by("at", "pk"))


def versions_of(paragraph: Paragraph) -> list[ParagraphVersion]:
    """Return every text a paragraph has had, the latest first. One statement."""
    return list(ParagraphVersion.objects.filter(paragraph=paragraph).select_related("by").order_by("-number"))


def minutes_due(now: datetime) -> QuerySet[Minutes]:
    """Return the circulated minutes whose time has run out with no correction left to answer."""
    waiting = Correction.objects.filter(paragraph__minutes=OuterRef("pk"), state="proposed")
    return Minutes.objects.filter(~Exists(waiting), state="circulated", silence_ends_at__lte=now)


def accounts_there(meeting: Meeting) -> list[UUID]:
    """Return the accounts of those who were at a meeting, each once."""
    there = Attendance.objects.filter(meeting=meeting).values("person")
    people = Person.objects.filter(pk__in=there, account__isnull=False)
    return list(people.order_by("pk").values_list("account", flat=True))


def adopted_ballots_of(minutes: Minutes) -> QuerySet[Ballot]:
    """Return the ballots of a meeting that carried and from which no resolution was entered yet.

    An amendment that carried is part of what its motion resolves.
    """
    held = ItemBallot.objects.filter(item__meeting=minutes.meeting_id).values("ballot")
    entered = Resolution.objects.filter(ballot=OuterRef("pk"))
    amending = Exists(Amendment.objects.filter(ref=OuterRef("subject")))
    rows = Ballot.objects.filter(
        ~Exists(entered), ~amending, pk__in=held, state="closed", result__outcome="adopted"
    )
    return rows.select_related("ref", "body").order_by("ended_at", "pk")


def resolution_digest(resolution: Resolution) -> str:
    """Return the digest of a resolution: its number, its words and the ballot that decided it."""
    return digest(
        {
            "scheme": "secretariat/resolution/1", "number": resolution.code,
            "title": {"en": resolution.title_en, "zh": resolution.title_zh},
            "text": {"en": resolution.text_en, "zh": resolution.text_zh},
            "adopted_on": resolution.adopted_on.isoformat(), "ballot": resolution.ballot.ref.number,
        }
    )  # fmt: skip


def visible_resolutions(actor: Actor) -> QuerySet[Resolution]:
    """Return the resolutions an actor may see, with ``actions`` and ``open_actions``.

    They are published, of her bodies, or with an action of hers.

    A resolution is open as long as one of its actions is.
    """
    rows = _with_actions()
    if rules.reads_all(actor):
        return rows
    return rows.filter(Q(published_at__isnull=False) | _hers(actor))


def get_resolution_for(actor: Actor, number: str) -> Resolution:
    """Return the resolution with this number if the actor may see it; Resolution.DoesNotExist otherwise."""
    return visible_resolutions(actor).get(ref__number=number)


def published_resolutions() -> QuerySet[Resolution]:
    """Return the resolutions everybody may read, the latest first."""
    return _with_actions().filter(published_at__isnull=False).order_by("-adopted_on", "-number", "pk")


def register_of(actor: Actor) -> QuerySet[Resolution]:
    """Return the register as it is kept: the resolutions of the bodies an actor leads, all for whoever reads all."""
    rows = visible_resolutions(actor)
    return rows if rules.reads_all(actor) else rows.filter(body__in=bodies_led(actor))


def own_resolutions(actor: Actor) -> QuerySet[Resolution]:
    """Return the resolutions of an actor's bodies, and those with an action of hers, the latest first."""
    return _with_actions().filter(_hers(actor)).order_by("-adopted_on", "-number", "pk")


def resolutions_of_meeting(meeting: UUID) -> QuerySet[Resolution]:
    """Return the resolutions of a meeting, by number."""
    return _with_actions().filter(item__meeting=meeting).order_by("year", "number")


def actions_of(resolution: Resolution) -> list[Task]:
    """Return the tasks that carry out a resolution, open ones first, what is due first before, each with ``evidence``.

    Two statements.
    """
    rows = Task.objects.filter(origin=resolution.ref_id).select_related("ref", "owner__ref", "origin")
    found = list(rows.order_by(Case(When(state="open", then=0), default=1), "due_on", "pk"))
    shown: dict[UUID, list[Evidence]] = {}
    for each in (
        Evidence.objects.filter(resolution=resolution).select_related("shown_by", "file").order_by("at")
    ):
        shown.setdefault(each.task_id, []).append(each)
    for task in found:
        task.evidence = shown.get(task.pk, [])
    return found


def reads_evidence(actor: Actor, resolution: Resolution, tasks: Sequence[Task]) -> bool:
    """Whether there are files among the evidence of these actions, and the actor reads them.

    Who reads all does, the body, and whoever was given an action. That a resolution is published does not open them.
    """
    if not any(each.file_id for task in tasks for each in task.evidence):
        return False
    if rules.reads_all(actor) or rules.can_keep(actor, resolution.body):
        return True
    return Resolution.objects.filter(_hers(actor), pk=resolution.pk).exists()


def files_of_evidence(actor: Actor, files: Collection[UUID]) -> Iterable[UUID]:
    """Return which of these files show what an actor may read: the reader of files this app registers."""
    rows = Evidence.objects.filter(file__in=files)
    if not rules.reads_all(actor):
        hers = Resolution.objects.filter(_hers(actor) | Q(body__in=bodies_led(actor)))
        rows = rows.filter(resolution__in=hers)
    return rows.values_list("file", flat=True)


def evidence_file(actor: Actor, resolution: Resolution, pk: UUID) -> File | None:
    """Return a file that shows an action of this resolution, if the actor may read it."""
    rows = File.objects.filter(pk=pk, pk__in=Evidence.objects.filter(resolution=resolution).values("file"))
    return next(iter(readable_files(actor, list(rows))), None)


def late_actions(actor: Actor, today: date) -> QuerySet[Task]:
    """Return the actions past their day of the resolutions whose register an actor keeps."""
    kept = Resolution.objects.all()
    if not (actor.has("desk.run") or actor.has("system.run")):
        kept = kept.filter(body__in=bodies_led(actor))
    rows = Task.objects.filter(origin__in=kept.values("ref"), state="open", due_on__lt=today)
    return rows.select_related("ref", "origin", "owner").order_by("due_on", "pk")


def action_owners(resolution: Resolution, today: date) -> QuerySet[Person]:
    """Return to whom an action may be given: who works at the desk, sits in the body, serves it or votes in it."""
    seated = Term.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=today), seat__body=resolution.body_id, starts_on__lte=today
    )
    voters = {place.voter for place in electorate_of(resolution.body, today) if place.voter}
    found = Q(pk__in=staff(today).values("pk")) | Q(pk__in=seated.values("person")) | Q(pk__in=voters)
    return Person.objects.filter(found, canonical=None).order_by("sort_key", "pk")


def _hers(actor: Actor) -> Q:
    """The condition that a resolution is of an actor's body, or has an action of hers."""
    if actor.person_id is None:
        return Q(pk__in=[])
    given = Exists(Task.objects.filter(origin=OuterRef("ref"), owner=actor.person_id))
    return Q(body__in=bodies_belonged_to(actor)) | given


def _with_actions() -> QuerySet[Resolution]:
    rows = Resolution.objects.select_related(
        "ref", "body__ref", "motion__ref", "motion__body", "ballot__ref", "ballot__body", "ballot__result",
        "item__meeting__ref", "item__meeting__body",
    )  # fmt: skip
    tasks = Task.objects.filter(origin=OuterRef("ref"), state="open", due_on__isnull=False)
    return rows.annotate(
        actions=_tasks(), open_actions=_tasks(state="open"),
        next_due=Subquery(tasks.order_by("due_on").values("due_on")[:1]),
    )  # fmt: skip


def _tasks(**said: str) -> Coalesce:
    """Return how many tasks come from a resolution."""
    rows = Task.objects.filter(origin=OuterRef("ref"), **said).order_by().values("origin")
    counted = rows.annotate(counted=Count("pk")).values("counted")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
