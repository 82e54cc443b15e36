from collections import Counter
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import chain
from typing import Any
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.bodies.queries import holders_of_seats
from secretariat.registry.people.models import Person
from secretariat.summit.calls.logic import FieldSpec
from secretariat.summit.calls.models import (
    Call,
    Criterion,
    EligibilityRule,
    FormField,
    Screening,
    Submission,
    SubmissionCountry,
    Version,
)

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
    return [row for row, _anchors in _criteria_with_anchors(call_id)]


def _criteria_with_anchors(call_id: UUID) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    rows = Criterion.objects.filter(call=call_id).order_by("position")
    named = rows.values_list("key", "weight", "minimum", "maximum", "anchors")
    return [({"key": key, "weight": w, "min": low, "max": high}, said) for key, w, low, high, said in named]


@lru_cache(maxsize=256)
def declared_criteria(call_id: UUID) -> tuple[dict[str, Any], ...]:
    """Return the criteria of a call that was opened: once in a process, the database keeps them as declared."""
    return tuple(criteria_of(call_id))


def rules_of(call: Call) -> dict[str, Any]:
    """Return the call's rules as rules.json of a selection bundle: what is digested when the call opens."""
    stages = list(call.stages.select_related("authority__ref").order_by("position"))
    previous = [None, *[stage.key for stage in stages[:-1]]]
    criteria = _criteria_with_anchors(call.pk)
    anchors = {row["key"]: said for row, said in criteria if said}
    return {
        "call": call.key,
        "opens_at": call.opens_at.astimezone(UTC).isoformat(),
        "closes_at": call.closes_at.astimezone(UTC).isoformat(),
        "fields": [f.key for f in call.formfields.order_by("position")],
        "criteria": [row for row, _said in criteria],
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
            "undertaking": call.undertaking,
            **({"anchors": anchors} if anchors else {}),
            **({"conflicts": call.conflict_rules} if call.conflict_rules else {}),
        },
    }


def members_to_name(call: Call, on: date) -> list[Person]:
    """Return who sits in the committee of a call on a day, by name: whom an applicant may say it is tied to."""
    if call.committee_id is None:
        return []
    seated = {seat.person_id for seat in holders_of_seats(call.committee, on) if seat.person_id}
    return list(Person.objects.filter(pk__in=seated).order_by("sort_key", "pk"))


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
        **({"moves": stage.moves} if stage.moves else {}),
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


# What the desk counts -> the states that count.
COUNTED = {
    "handed_in": ("submitted", "eligible", "ineligible"),
    "eligible": ("eligible",),
    "ineligible": ("ineligible",),
    "withdrawn": ("withdrawn",),
    "writing": ("draft",),
}


def state_counts(call: Call) -> dict[str, int]:
    """Return how many submissions are in each state. One statement."""
    rows = Submission.objects.filter(call=call).values_list("state").annotate(n=Count("pk"))
    return dict(rows)


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
