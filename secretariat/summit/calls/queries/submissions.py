from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.accounts.queries import in_force
from secretariat.foundation.audit.prepared import AnyGiven, Given, Planned
from secretariat.foundation.privacy.actions import disclose
from secretariat.governance.membership.models import Representative
from secretariat.registry.organisations.models import Organisation
from secretariat.registry.people.models import Affiliation, Person
from secretariat.registry.people.queries import affiliations_of
from secretariat.summit.calls.logic import FieldSpec
from secretariat.summit.calls.models import (
    Approval,
    ApprovalRule,
    Call,
    EligibilityRule,
    Receipt,
    Submission,
)
from secretariat.summit.calls.queries.calls import NotFound, field_specs
from secretariat.summit.calls.rules import can_approve, may_apply
from secretariat.summit.calls.states import NAMED_ANSWERS, Confidentiality


def brought_in(call: Call, their_key: str) -> Submission | None:
    """Return what was brought in from a sheet under this key and is not withdrawn. One statement."""
    rows = Submission.objects.filter(call=call, their_key=their_key).exclude(state="withdrawn")
    return rows.select_related("ref", "call", "person").first()


def represented_by(actor: Actor) -> list[UUID]:
    """Return the organisations the actor may speak for; an assistant only where that is one of the tasks."""
    return [
        c.scope_id for c in actor.capacities
        if c.right == "organisation.represent" and c.scope_id and actor.has(c.right, c.scope_id)
    ]  # fmt: skip


def applies_for(actor: Actor, on: date) -> dict[UUID, Organisation]:
    """Return the organisations in whose name the actor may begin: she represents them, or works there on that day."""
    held = affiliations_of([actor.person_id], on).get(actor.person_id, []) if actor.person_id else []
    if not may_apply(actor):
        held = []
    found = {row.organisation_id: row.organisation for row in held}
    if spoken_for := set(represented_by(actor)) - found.keys():
        found |= Organisation.objects.in_bulk(spoken_for)
    return dict(sorted(found.items(), key=lambda row: (row[1].sort_key, row[0])))


def receipt_of_draft(submission: Submission) -> Receipt | None:
    """Return the receipt of the last version if the draft is still its very text."""
    if not submission.version:
        return None
    last = submission.versions.select_related("receipt", "submission").order_by("-number").first()
    return last.receipt if last and last.content == last.submission.draft else None


def wants_approval(submission: Submission) -> bool:
    """Whether the organisation wants a second representative to approve what is handed in for it."""
    wish = ApprovalRule.objects.filter(organisation=submission.organisation_id, is_wanted=True)
    return submission.organisation_id is not None and wish.exists()


def lacks_approval(submission: Submission) -> bool:
    """Whether a second representative has yet to approve the draft as it stands."""
    given = Approval.objects.filter(
        submission=submission, revision=submission.revision, approved_at__isnull=False
    )
    return wants_approval(submission) and not given.exists()


def accounts_that_approve(approval: Approval, on: date) -> list[UUID]:
    """Return the accounts of the organisation's representatives, without the one who asks."""
    organisation = approval.submission.organisation_id
    affiliated = Affiliation.objects.filter(in_force(on), organisation=organisation, role="representative")
    speaking = Representative.objects.filter(in_force(on), member__organisation=organisation)
    people = Person.objects.filter(
        Q(pk__in=affiliated.values("person")) | Q(pk__in=speaking.values("person")), account__isnull=False
    )
    return list(people.exclude(pk=approval.asked_by_id).values_list("account", flat=True))


def mine(actor: Actor) -> QuerySet[Submission]:
    """Return what the actor, or an organisation she represents, has begun or handed in, latest call first."""
    rows = Submission.objects.filter(_answered_for_by(actor)).select_related("ref", "call", "organisation")
    return rows.annotate(draft_title=F("draft__title")).order_by("-call__opens_at", "ref__number")


def get_own_submission(actor: Actor, number: str) -> Submission:
    """Return a submission the actor answers for, by its number. Raises NotFound."""
    rows = mine(actor).select_related(
        "ref", "call__edition", "organisation", "person", "saved_by", "screening"
    )
    if (submission := rows.filter(ref__number=number).first()) is None:
        raise NotFound(_("There is no submission “%(number)s”.") % {"number": number})
    return submission


def get_own_draft(actor: Actor, number: str) -> Submission:
    """Return such a submission with its call alone: all that a saving by the page itself needs. Raises NotFound."""
    person = actor.person_id if may_apply(actor) else None
    rows = _own_drafts(organisations=represented_by(actor), person=person, number=number)
    if not rows:
        raise NotFound(_("There is no submission “%(number)s”.") % {"number": number})
    return rows[0]


_own_drafts = Planned(
    lambda: Submission.objects.filter(
        Q(organisation__in=AnyGiven("organisations")) | Q(person=Given("person")), ref__number=Given("number")
    ).select_related("call")
)


def _answered_for_by(actor: Actor) -> Q:
    own = Q(organisation__in=represented_by(actor))
    return own | Q(person=actor.person_id) if actor.person_id and may_apply(actor) else own


def organisations_represented(actor: Actor) -> list[Organisation]:
    """Return the organisations the actor represents, each with ``wants_approval``. One statement."""
    wish = ApprovalRule.objects.filter(organisation=OuterRef("pk"), is_wanted=True)
    rows = Organisation.objects.filter(pk__in=represented_by(actor)).select_related("ref")
    return list(rows.annotate(wants_approval=Exists(wish)).order_by("sort_key", "pk"))


def approval_of(actor: Actor, submission: Submission) -> dict[str, Any]:
    """Return how the approval of the draft as it stands: wanted, asked for, and whether this actor may give it."""
    wanted = wants_approval(submission)
    asked = submission.approvals.select_related("asked_by__ref", "approved_by__ref")
    approval = asked.filter(revision=submission.revision).first() if wanted else None
    return {
        "wants_approval": wanted,
        "approval": approval,
        "may_approve": approval is not None and approval.approved_at is None and can_approve(actor, approval),
        "lacks_approval": wanted and (approval is None or approval.approved_at is None),
    }


def visible_submissions(actor: Actor, call: Call) -> QuerySet[Submission]:
    """Return the submissions of a call that the actor may see, newest first."""
    submissions = Submission.objects.filter(call=call).select_related("ref", "organisation", "topic")
    own = _answered_for_by(actor)
    if actor.has("desk.read") or actor.has("desk.run"):
        own |= ~Q(state="draft")
    return submissions.filter(own).order_by("-ref__number")


def handed_in(actor: Actor, call: Call | None = None) -> QuerySet[Submission]:
    """Return what was handed in, to one call or to any, as the desk reads it; nothing for anybody else."""
    rows = Submission.objects.exclude(state="draft")
    if not (actor.has("desk.read") or actor.has("desk.run")):
        rows = rows.none()
    rows = rows if call is None else rows.filter(call=call)
    return rows.select_related("ref", "call", "organisation__country", "person__ref", "topic")


def get_submission_for(actor: Actor, number: str) -> Submission:
    """Return one submission by its number, if the actor may see it. Raises NotFound."""
    submission = Submission.objects.filter(ref__number=number).select_related("call", "ref").first()
    if (
        submission is None
        or not visible_submissions(actor, submission.call).filter(pk=submission.pk).exists()
    ):
        raise NotFound(_("There is no submission “%(number)s”.") % {"number": number})
    return submission


def content_for(
    actor: Actor, submission: Submission, *, now: datetime, reviewer: bool = False
) -> Mapping[str, Any]:
    """Return the latest version's fields that the actor may read: each field has its own confidentiality.

    The applicant and the secretariat read all; a reviewer of the item what is public or for the committee;
    anybody else what is public. Answers for named persons are shown to be kept: their owner sees who read them.
    """
    version = submission.versions.order_by("-number").first()
    if version is None:
        return {}
    specs = field_specs(submission.call)
    if actor.person_id == submission.person_id or actor.has("desk.read") or actor.has("desk.run"):
        allowed = {"public", "committee", "named"}
        named_shown(actor, submission, specs, now)
    else:
        allowed = {"public", "committee"} if reviewer else {"public"}
    return {
        s.key: version.content[s.key]
        for s in specs
        if s.confidentiality in allowed and s.key in version.content
    }


def named_shown(actor: Actor, submission: Submission, specs: Sequence[FieldSpec], now: datetime) -> None:
    """Keep that the actor was shown the answers for named persons, where the call asks for any."""
    named = [spec.label for spec in specs if spec.confidentiality == Confidentiality.NAMED]
    if named:
        disclose(
            owners=[submission.person_id], what=NAMED_ANSWERS, about=submission.ref.number,
            fields=", ".join(named), actor=actor, now=now,
        )  # fmt: skip


def rules_failed(submission: Submission) -> list[EligibilityRule]:
    """Return the conditions a screened submission did not meet. One statement at most."""
    screening = getattr(submission, "screening", None)
    if screening is None or not screening.failed:
        return []
    return list(submission.call.eligibilityrules.filter(key__in=screening.failed).order_by("position"))
