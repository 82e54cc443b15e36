from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import chain
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet
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
    Criterion,
    EligibilityRule,
    FormField,
    Receipt,
    Screening,
    Submission,
    SubmissionCountry,
    Version,
)
from secretariat.summit.calls.rules import can_approve, may_apply
from secretariat.summit.calls.states import NAMED_ANSWERS, Confidentiality

FIELDS = ("key", "kind", "label_en", "label_zh", "required", "confidentiality", "limits", "params")


class NotFound(Exception):
    """There is no such thing for this reader; foreign things are as if they were not there."""


def call_by_key(key: str) -> Call:
    """Return the call with this key. Raises NotFound."""
    try:
        return Call.objects.select_related("edition", "ref", "committee").get(key=key)
    except Call.DoesNotExist:
        raise NotFound(_("There is no call “%(key)s”.") % {"key": key}) from None


def field_specs(call: Call) -> list[FieldSpec]:
    """Return the questions of the call's form, in order. One statement; of a declared call, once in a process."""
    return _fields_as_they_stand(call.pk) if call.state == "draft" else list(_declared_fields(call.pk))


@lru_cache(maxsize=256)
def _declared_fields(call_id: UUID) -> tuple[FieldSpec, ...]:
    return tuple(_fields_as_they_stand(call_id))  # the database keeps them as they were declared


def _fields_as_they_stand(call_id: UUID) -> list[FieldSpec]:
    rows = FormField.objects.filter(call=call_id).order_by("position")
    return [FieldSpec(*row) for row in rows.values_list(*FIELDS)]


def criteria_of(call_id: UUID) -> list[dict[str, Any]]:
    """Return the criteria of a call as in rules.json of a bundle: key, weight, min and max. One statement."""
    rows = Criterion.objects.filter(call=call_id).order_by("position")
    named = rows.values_list("key", "weight", "minimum", "maximum")
    return [{"key": key, "weight": weight, "min": low, "max": high} for key, weight, low, high in named]


@lru_cache(maxsize=256)
def declared_criteria(call_id: UUID) -> tuple[dict[str, Any], ...]:
    """Return the criteria of a call that was opened: once in a process, the database keeps them as declared."""
    return tuple(criteria_of(call_id))


def rules_of(call: Call) -> dict[str, Any]:
    """Return the call's rules as rules.json of a selection bundle: what is digested when the call opens."""
    stages = list(call.stages.select_related("authority__ref").order_by("position"))
    previous = [None, *[stage.key for stage in stages[:-1]]]
    return {
        "call": call.key,
        "opens_at": call.opens_at.astimezone(UTC).isoformat(),
        "closes_at": call.closes_at.astimezone(UTC).isoformat(),
        "fields": [f.key for f in call.formfields.order_by("position")],
        "criteria": criteria_of(call.pk),
        "eligibility": [
            {"key": r.key, "text": r.reason_en} for r in call.eligibilityrules.order_by("position")
        ],
        "stages": [
            _stage_rule(stage, order, before)
            for order, (stage, before) in enumerate(zip(stages, previous, strict=True), 1)
        ],
        "further": {
            "form": [
                [f.key, f.kind, f.required, f.confidentiality, f.limits, f.params]
                for f in call.formfields.order_by("position")
            ],
            "eligibility": [[r.key, r.kind, r.params] for r in call.eligibilityrules.order_by("position")],
            "readers": {stage.key: stage.readers for stage in stages},
            "zone": call.zone,
        },
    }


def _stage_rule(stage: Any, order: int, before: str | None) -> dict[str, Any]:
    return {
        "key": stage.key,
        "order": order,
        "kind": stage.kind,
        "from": before,
        "keep": stage.keep if stage.kind == "calibrated" else None,
        "method": stage.method if stage.kind == "calibrated" else None,
        "seed": 0,
        "ties": stage.ties if stage.kind == "calibrated" else None,
        "levels": [{"key": level["key"], "count": level["count"]} for level in stage.levels],
        "authority": stage.authority.ref.number if stage.authority else None,
        "when_refused": stage.refused,
    }


def inputs_of(call: Call) -> list[dict[str, Any]]:
    """Return what was handed in, as inputs.json of a selection bundle, in order of reference. One statement."""
    versions = (
        Version.objects.filter(submission__call=call)
        .exclude(submission__state="draft")
        .select_related("submission__ref")
        .defer("content", "salt")
        .order_by("submission__ref__number", "number")
    )
    inputs: dict[str, dict[str, Any]] = {}
    for version in versions:
        ref = version.submission.ref.number
        received_at = inputs.get(ref, {}).get("received_at", version.handed_in_at.astimezone(UTC).isoformat())
        inputs[ref] = {
            "ref": ref,
            "version": version.number,
            "commitment": version.commitment,
            "received_at": received_at,
            "state": "withdrawn" if version.submission.state == "withdrawn" else "submitted",
        }
    return list(inputs.values())


def brought_in(call: Call, their_key: str) -> Submission | None:
    """Return what was brought in from a sheet under this key and is not withdrawn. One statement."""
    rows = Submission.objects.filter(call=call, their_key=their_key).exclude(state="withdrawn")
    return rows.select_related("ref", "call", "person").first()


def calls_with_forms() -> list[tuple[Call, list[FieldSpec]]]:
    """Return the open calls with the questions of their forms, the latest first. Two statements."""
    calls = (
        Call.objects.filter(state="open")
        .order_by("-opens_at", "key")
        .prefetch_related(Prefetch("formfields", FormField.objects.order_by("position")))
    )
    return [
        (call, [FieldSpec(*(getattr(field, name) for name in FIELDS)) for field in call.formfields.all()])
        for call in calls
    ]


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


def open_calls(now: datetime) -> list[Call]:
    """Return the calls that take answers, the one that closes first before the others. One statement."""
    rows = Call.objects.filter(state="open", opens_at__lte=now, closes_at__gt=now)
    return list(rows.select_related("edition").order_by("closes_at", "key"))


def call_for_applicants(key: str) -> Call:
    """Return a call that was ever announced: open, closed or concluded, or declared to open. Raises NotFound."""
    call = call_by_key(key)
    if call.state == "cancelled" or call.state == "draft":
        raise NotFound(_("There is no call “%(key)s”.") % {"key": key})
    return call


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


def state_counts(call: Call) -> dict[str, int]:
    """Return how many submissions are in each state. One statement."""
    rows = Submission.objects.filter(call=call).values_list("state").annotate(n=Count("pk"))
    return dict(rows)


# What the desk counts -> the states that count.
COUNTED = {
    "handed_in": ("submitted", "eligible", "ineligible"),
    "eligible": ("eligible",),
    "ineligible": ("ineligible",),
    "withdrawn": ("withdrawn",),
    "writing": ("draft",),
}


def counted(call: Call) -> dict[str, int]:
    """Return the numbers of a call as the desk reads them. One statement."""
    states = state_counts(call)
    return {name: sum(states.get(state, 0) for state in counting) for name, counting in COUNTED.items()}


def calls_counted(actor: Actor) -> QuerySet[Call]:
    """Return every call with its numbers, as the desk reads them, latest first; nothing for anybody else."""
    if not (actor.has("desk.read") or actor.has("desk.run")):
        return Call.objects.none()
    counts = {
        name: Count("submissions", filter=Q(submissions__state__in=states))
        for name, states in COUNTED.items()
    }
    named = Call.objects.select_related("ref", "edition__ref", "committee").annotate(**counts)
    return named.order_by("-opens_at", "key")


def acts_possible(call: Call, now: datetime) -> list[str]:
    """Return what the desk can do with a call at this moment. One statement at most."""
    if call.state == "draft":
        return ["open"]
    if call.state == "open":
        return ["close"] if now >= call.closes_at else []
    waits = call.state == "closed" and call.submissions.filter(state="submitted").exists()
    return ["screen"] if waits else []


def rules_failed(submission: Submission) -> list[EligibilityRule]:
    """Return the conditions a screened submission did not meet. One statement at most."""
    screening = getattr(submission, "screening", None)
    if screening is None or not screening.failed:
        return []
    return list(submission.call.eligibilityrules.filter(key__in=screening.failed).order_by("position"))


def rules_with_failures(call: Call) -> list[EligibilityRule]:
    """Return the formal conditions of a call, each with ``failures``: how many did not meet it. Two statements."""
    failed = Counter(chain(*Screening.objects.filter(submission__call=call).values_list("failed", flat=True)))
    rules = list(call.eligibilityrules.order_by("position"))
    for rule in rules:
        rule.failures = failed[rule.key]
    return rules


def country_counts(call: Call) -> dict[str, int]:
    """Return how many countries and regions the handed-in submissions name: of applicants, and of use."""
    rows = (
        SubmissionCountry.objects.filter(submission__call=call)
        .exclude(submission__state__in=["draft", "withdrawn"])
        .values_list("role")
        .annotate(n=Count("place", distinct=True))
    )
    return dict(rows)
