"""What calls tell the questions that every wing asks: what waits for somebody, and who reads a file."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.ui.templatetags.ui import here, text
from secretariat.record.tasks.duties import Door, Duty
from secretariat.registry.conflicts.queries import Finding, PartySet, Policy, rows_of
from secretariat.summit.calls import asking
from secretariat.summit.calls.models import AnswerFile, Approval, Attachment, Call, Submission, Version
from secretariat.summit.calls.queries import mine, represented_by

# A submission's parts: who is in charge, who applies, first or jointly, and the parties of its reference.
_PART = """
WITH part AS (
    SELECT s.id, s.submitted_at::date AS day, s.person_id AS person, NULL::uuid AS organisation
    FROM calls_submission s WHERE s.state NOT IN ('draft', 'withdrawn')
    UNION SELECT s.id, s.submitted_at::date, NULL, s.organisation_id
    FROM calls_submission s WHERE s.state NOT IN ('draft', 'withdrawn') AND s.organisation_id IS NOT NULL
    UNION SELECT s.id, s.submitted_at::date, NULL, a.organisation_id
    FROM calls_submission s JOIN calls_applicant a ON a.submission_id = s.id WHERE s.state NOT IN ('draft', 'withdrawn')
    UNION SELECT s.id, s.submitted_at::date, r.person_id, r.organisation_id
    FROM calls_submission s JOIN refs_refparty r ON r.ref_id = s.ref_id WHERE s.state NOT IN ('draft', 'withdrawn')
), party AS (
    SELECT k.key, p.id AS person, NULL::uuid AS organisation
    FROM unnest(%(person_keys)s::uuid[], %(party_people)s::uuid[]) AS k (key, id) JOIN people_person p ON p.id = k.id
    UNION ALL
    SELECT k.key, NULL, k.id FROM unnest(%(organisation_keys)s::uuid[], %(organisations)s::uuid[]) AS k (key, id)
)"""
JOINT = (
    _PART
    + """, mine AS (
    SELECT asked AS id, asked AS person, NULL::uuid AS organisation FROM unnest(%(people)s::uuid[]) AS asked
    UNION
    SELECT asked, NULL, a.organisation_id FROM unnest(%(people)s::uuid[]) AS asked
    JOIN people_affiliation a ON a.person_id = asked
    WHERE a.starts_on <= %(on)s AND (a.ends_on IS NULL OR a.ends_on >= %(on)s)
)
SELECT mine.id, party.key, (array_agg(own.id ORDER BY own.day DESC, own.id))[1], max(own.day)
FROM mine
JOIN part own ON own.person = mine.person OR own.organisation = mine.organisation
JOIN part theirs ON theirs.id = own.id
JOIN party ON party.person = theirs.person OR party.organisation = theirs.organisation
WHERE own.day BETWEEN %(since)s AND %(on)s AND NOT EXISTS (
    SELECT FROM mine same JOIN party its ON its.organisation = same.organisation OR its.person = same.person
    WHERE same.id = mine.id AND its.key = party.key
)
GROUP BY mine.id, party.key"""
)
NAMED = """
SELECT DISTINCT asked, k.key, named.id, named.named_at::date
FROM unnest(%(people)s::uuid[]) AS asked
JOIN calls_namedconflict named ON named.person_id = asked AND named.named_at::date BETWEEN %(since)s AND %(on)s
JOIN calls_submission s ON s.id = named.submission_id
JOIN (
    SELECT key, id FROM unnest(%(person_keys)s::uuid[], %(party_people)s::uuid[]) AS p (key, id)
    UNION SELECT key, id FROM unnest(%(organisation_keys)s::uuid[], %(organisations)s::uuid[]) AS o (key, id)
) k ON k.id IN (coalesce(s.organisation_id, s.person_id))"""


def joint_application(
    people: Collection[UUID], parties: Sequence[PartySet], on: date, policy: Policy
) -> Iterator[Finding]:
    """The person, or an organisation she is with, applied together with a party, in this call or an earlier one.

    Who is a party herself, or is with one, has another relation to it; only the latest joint submission is told.
    """
    text = _("You, or an organisation you are with, applied together with one of those this is about.")
    for person, key, source, day in rows_of(JOINT, people, parties, on, policy):
        yield Finding(
            person,
            key,
            "joint_application",
            "discloses",
            "calls.submission",
            source,
            text,
            starts_on=day,
            ends_on=day,
        )


def named_by_applicant(
    people: Collection[UUID], parties: Sequence[PartySet], on: date, policy: Policy
) -> Iterator[Finding]:
    """The applicant named the person as tied to it. She is not told how: the chair reads that, and decides."""
    text = _("The applicant says that you are tied to each other.")
    for person, key, source, day in rows_of(NAMED, people, parties, on, policy):
        yield Finding(
            person, key, "named_by_applicant", "discloses", "calls.namedconflict", source, text, starts_on=day,
            direction="theirs", confidence="declared",
        )  # fmt: skip


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
