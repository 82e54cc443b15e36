from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from secretariat.engines.sealed.canonical import digest
from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.ballots.models import Ballot
from secretariat.governance.meetings.models import Attendance, ItemBallot, Meeting
from secretariat.governance.meetings.queries import agenda_seen_by, bodies_belonged_to, bodies_led
from secretariat.governance.minutes import rules
from secretariat.governance.minutes.logic import content_of
from secretariat.governance.minutes.models import Correction, Minutes, Paragraph, Resolution
from secretariat.record.tasks.models import Task
from secretariat.registry.people.models import Person


def visible_minutes(actor: Actor) -> QuerySet[Minutes]:
    """Return the minutes an actor may see: those of bodies she leads, and circulated ones of hers or where she was."""
    rows = Minutes.objects.select_related("ref", "meeting__ref", "meeting__body__ref", "adopting")
    if rules.reads_all(actor):
        return rows
    if actor.person_id is None:
        return rows.none()
    was_there = Exists(Attendance.objects.filter(meeting=OuterRef("meeting"), person=actor.person_id))
    within = was_there | Q(meeting__body__in=bodies_belonged_to(actor))
    return rows.filter(Q(meeting__body__in=bodies_led(actor)) | within & ~Q(state="draft"))


def get_minutes_for(actor: Actor, number: str) -> Minutes:
    """Return the minutes with this number if the actor may see them; Minutes.DoesNotExist otherwise."""
    return visible_minutes(actor).get(ref__number=number)


def counted_minutes(actor: Actor) -> QuerySet[Minutes]:
    """Return what lists show: minutes with how many corrections are ``waiting``."""
    waiting = Count("paragraphs__corrections", filter=Q(paragraphs__corrections__state="proposed"))
    return visible_minutes(actor).annotate(waiting=waiting)


def paragraphs_seen_by(actor: Actor, minutes: Minutes) -> list[Paragraph]:
    """Return the paragraphs an actor may see, in order: those of an item hidden from her are left out."""
    items = {line.item.pk for line in agenda_seen_by(actor, minutes.meeting)}
    rows = Paragraph.objects.filter(minutes=minutes).order_by("position", "language")
    return [row for row in rows if row.item_id is None or row.item_id in items]


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
    """Return the ballots of a meeting that carried and from which no resolution was entered yet."""
    held = ItemBallot.objects.filter(item__meeting=minutes.meeting_id).values("ballot")
    entered = Resolution.objects.filter(ballot=OuterRef("pk"))
    rows = Ballot.objects.filter(~Exists(entered), pk__in=held, state="closed", result__outcome="adopted")
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
    """Return the resolutions an actor may see, with ``actions`` and ``open_actions``: published ones, and her bodies'.

    A resolution is open as long as one of its actions is.
    """
    rows = _with_actions()
    if rules.reads_all(actor):
        return rows
    return rows.filter(Q(published_at__isnull=False) | Q(body__in=bodies_belonged_to(actor)))


def get_resolution_for(actor: Actor, number: str) -> Resolution:
    """Return the resolution with this number if the actor may see it; Resolution.DoesNotExist otherwise."""
    return visible_resolutions(actor).get(ref__number=number)


def published_resolutions() -> QuerySet[Resolution]:
    """Return the resolutions everybody may read, the latest first."""
    return _with_actions().filter(published_at__isnull=False).order_by("-adopted_on", "-number", "pk")


def actions_of(resolution: Resolution) -> list[Task]:
    """Return the tasks that carry out a resolution, what is due first before. One statement."""
    rows = Task.objects.filter(origin=resolution.ref_id).select_related("ref", "owner")
    return list(rows.order_by("due_on", "pk"))


def _with_actions() -> QuerySet[Resolution]:
    rows = Resolution.objects.select_related(
        "ref", "body__ref", "motion__ref", "motion__body", "ballot__ref", "ballot__result",
        "item__meeting__ref", "item__meeting__body",
    )  # fmt: skip
    return rows.annotate(actions=_tasks(), open_actions=_tasks(state="open"))


def _tasks(**said: str) -> Coalesce:
    """Return how many tasks come from a resolution."""
    rows = Task.objects.filter(origin=OuterRef("ref"), **said).order_by().values("origin")
    counted = rows.annotate(counted=Count("pk")).values("counted")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
