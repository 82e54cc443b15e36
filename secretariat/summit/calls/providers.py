"""What calls tell the questions that every wing asks: what waits for somebody, and who reads a file."""

from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.ui.templatetags.ui import here, text
from secretariat.record.tasks.duties import Door, Duty
from secretariat.summit.calls import asking
from secretariat.summit.calls.models import AnswerFile, Approval, Attachment, Call, Submission, Version
from secretariat.summit.calls.queries import mine, represented_by


def duties(actor: Actor, door: Door, now: datetime) -> Iterator[Duty]:
    """Drafts to hand in, changes not handed in and texts to approve; at the desk, calls to close and to screen."""
    if door == "desk":
        yield from _desk_duties(actor, now)
        return
    for row in _unfinished(actor, now):
        kind = (
            _("Finish and hand in: %(title)s")
            if row.state == "draft"
            else _("Hand in your changes: %(title)s")
        )
        yield Duty(
            key=f"calls.draft:{row.pk}", title=kind % {"title": _title(row)},
            path=reverse("my_calls:write", args=[row.ref.number]), due=row.call.closes_at,
            about=text(row.call, "title"), owner=str(row.organisation or ""),
        )  # fmt: skip
    for question in asking.open_for(actor):
        yield Duty(
            key=f"calls.question:{question.pk}",
            title=_("Answer the question about %(number)s") % {"number": question.submission.ref.number},
            path=reverse("my_calls:answer", args=[question.submission.ref.number, question.pk]),
            due=question.due_at, about=text(question.submission.call, "title"),
        )  # fmt: skip
    waiting = Approval.objects.filter(
        approved_at=None, revision=F("submission__revision"), submission__organisation__in=represented_by(actor),
        submission__call__state="open", submission__call__closes_at__gt=now,
    ).exclude(asked_by=actor.person_id)  # fmt: skip
    for asked in waiting.select_related("submission__ref", "submission__call", "asked_by"):
        yield Duty(
            key=f"calls.approval:{asked.pk}",
            title=_("Read and approve: %(title)s") % {"title": _title(asked.submission)},
            path=reverse("my_calls:preview", args=[asked.submission.ref.number]),
            due=asked.submission.call.closes_at, about=text(asked.submission.call, "title"), owner=str(asked.asked_by),
        )  # fmt: skip


def _unfinished(actor: Actor, now: datetime) -> QuerySet[Submission]:
    """Open drafts of the actor and of those she represents, and submissions whose text has moved on."""
    last = Version.objects.filter(submission=OuterRef("pk")).order_by("-number").values("content")[:1]
    rows = mine(actor).filter(call__state="open", call__closes_at__gt=now)
    moved = Q(state="submitted") & ~Q(draft=F("handed_in"))
    return rows.annotate(handed_in=Subquery(last)).filter(Q(state="draft") | moved)


def _desk_duties(actor: Actor, now: datetime) -> Iterator[Duty]:
    if not actor.has("desk.run"):
        return
    for question in asking.answered_for(actor):
        yield Duty(
            key=f"calls.answered:{question.pk}",
            title=_("Read the answer about %(number)s") % {"number": question.submission.ref.number},
            path=reverse("desk_calls:submission", args=[question.submission.ref.number]) + "#questions",
            due=question.due_at, about=text(question.submission.call, "title"),
        )  # fmt: skip
    ended = Q(state="open", closes_at__lte=now)
    unscreened = Q(state="closed", submissions__state="submitted")
    for call in Call.objects.filter(ended | unscreened).distinct():
        words = (
            _("Close the call: %(call)s")
            if call.state == "open"
            else _("Screen what was handed in: %(call)s")
        )
        yield Duty(
            key=f"calls.{call.state}:{call.pk}", title=words % {"call": text(call, "title")},
            path=reverse("desk_calls:call", args=[call.key]), due=call.closes_at,
        )  # fmt: skip


def _title(row: Submission) -> str:
    return here(row.draft.get("title") or {}) or row.ref.number


def files_of_applicants(actor: Actor, files: Collection[UUID]) -> Iterator[UUID]:
    """The files of one's own submissions, and of those of the organisations one represents. One statement."""
    own = mine(actor).order_by().values("pk")
    attached = Attachment.objects.filter(file__in=files, submission__in=own)
    answered = AnswerFile.objects.filter(file__in=files, answer__question__submission__in=own)
    yield from attached.values_list("file", flat=True).union(answered.values_list("file", flat=True))
