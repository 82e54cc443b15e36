from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from secretariat.engines.sealed.canonical import digest
from secretariat.foundation.accounts.actor import Actor, require, require_state
from secretariat.foundation.audit import actions as audit
from secretariat.registry.conflicts.policies import policy_from
from secretariat.registry.refs.actions import register_ref, update_ref
from secretariat.registry.refs.models import Ref
from secretariat.summit.calls import logic, queries, rules
from secretariat.summit.calls.actions.late import require_no_late_code
from secretariat.summit.calls.models import (
    Call,
    ClosedInputs,
    Criterion,
    EligibilityRule,
    FormField,
    Screening,
    Stage,
    Version,
)
from secretariat.summit.calls.undertaking import digest_of, usual


@dataclass(frozen=True)
class CallSpec:
    """A call as it is declared. Rows of ``criteria``, ``eligibility`` and ``stages`` are the models' own fields."""

    key: str
    series: str
    title: Mapping[str, str]
    word: Mapping[str, str]
    languages: Sequence[str]
    opens_at: datetime
    closes_at: datetime
    zone: str
    fields: Sequence[logic.FieldSpec]
    criteria: Sequence[Mapping[str, Any]]
    eligibility: Sequence[Mapping[str, Any]]
    stages: Sequence[Mapping[str, Any]]
    publication: Mapping[str, str] = field(default_factory=dict)
    undertaking: Mapping[str, str] = field(default_factory=usual)
    conflicts: Mapping[str, Any] = field(default_factory=dict)  # as registry.conflicts.policies reads it


def declare_call(*, edition: Any, spec: CallSpec, committee: Any, actor: Actor, now: datetime) -> Call:
    """Write down a call with its form, criteria, eligibility rules and every cut. It can be changed until it opens."""
    require(rules.can_run_call(actor), _("declare a call"))
    ZoneInfo(spec.zone)  # an unknown zone is refused here, with its name
    if odd := logic.odd_rules(spec.fields, spec.eligibility, spec.stages):
        raise ValueError(f"call {spec.key}: nobody knows what is meant by {'; '.join(odd)}")
    if odd := logic.odd_anchors(spec.criteria):
        raise ValueError(f"call {spec.key}: {'; '.join(odd)}")
    policy_from(spec.conflicts)
    with audit.act("call_declared", actor=actor, now=now, key=spec.key) as act:
        title = {"en": spec.title["en"], "zh": spec.title["zh"]}
        ref = register_ref(kind="call", number=f"CALL-{spec.key}".upper(), title=title, state="draft")
        call = Call.objects.create(
            ref=ref, edition=edition, key=spec.key, series=spec.series, title_en=title["en"], title_zh=title["zh"],
            word_en=spec.word["en"], word_zh=spec.word["zh"], languages=list(spec.languages),
            opens_at=spec.opens_at, closes_at=spec.closes_at, zone=spec.zone, committee=committee,
            publication=dict(spec.publication), conflict_rules=dict(spec.conflicts),
            undertaking={name: spec.undertaking[name] for name in ("en", "zh")},
        )  # fmt: skip
        FormField.objects.bulk_create(
            FormField(call=call, position=n, **{**vars(question), "limits": dict(question.limits),
                      "params": dict(question.params)})
            for n, question in enumerate(spec.fields, 1)
        )  # fmt: skip
        for model, rows in (
            (Criterion, spec.criteria),
            (EligibilityRule, spec.eligibility),
            (Stage, spec.stages),
        ):
            model.objects.bulk_create(model(call=call, position=n, **row) for n, row in enumerate(rows, 1))
        act.on(call)
    return call


def open_call(*, call: Call, actor: Actor, now: datetime) -> Call:
    """Open a call. From now on its rules are fixed, and their digest goes into the sealed log."""
    require(rules.can_run_call(actor), _("open a call"))
    with audit.act("call_opened", actor=actor, now=now) as act:
        call = Call.objects.select_for_update().get(pk=call.pk)
        require_state(call.state, ["draft"], _("Opening the call"))
        if obstacles := queries.obstacles_of(call, now):
            raise ValueError(" ".join(obstacle.message for obstacle in obstacles))
        call.state, call.rules_digest = "open", digest(queries.rules_of(call))
        call.undertaking_digest = digest_of(call.undertaking)
        call.save(update_fields=["state", "rules_digest", "undertaking_digest"])
        update_ref(ref_id=call.ref_id, state="open")
        audit.pledge(act, subject=call, payload=log_payload(call, "rules", call.rules_digest, now))
        act.on(call, rules=call.rules_digest)
    return call


def log_payload(call: Call, kind: str, digest: str, at: datetime, stage: str | None = None) -> dict[str, Any]:
    """Return what the log keeps of a selection's rules, inputs, list or decision (bundles.selection.LogPayload)."""
    return {
        "call": call.key, "kind": kind, "stage": stage, "digest": digest, "at": at.astimezone(UTC).isoformat(),
    }  # fmt: skip


def close_call(*, call: Call, actor: Actor, now: datetime) -> Call:
    """Close a call when its time has come. What was handed in is fixed, and its digest goes into the sealed log."""
    require(rules.can_run_call(actor), _("close a call"))
    with audit.act("call_closed", actor=actor, now=now) as act:
        call = Call.objects.select_for_update().get(pk=call.pk)
        require_state(call.state, ["open"], _("Closing the call"))
        if now < call.closes_at:
            raise ValueError(
                _("The call is announced to stay open until %(time)s.") % {"time": call.closes_at}
            )
        require_no_late_code(call, now)
        inputs = queries.inputs_of(call)
        ClosedInputs.objects.create(call=call, content=inputs)
        call.state, call.inputs_digest = "closed", digest(inputs)
        call.save(update_fields=["state", "inputs_digest"])
        update_ref(ref_id=call.ref_id, state="closed")
        audit.pledge(act, subject=call, payload=log_payload(call, "inputs", call.inputs_digest, now))
        act.on(call, inputs=call.inputs_digest)
    return call


def screen_submissions(*, call: Call, actor: Actor, now: datetime) -> dict[str, int]:
    """Hold everything handed in against the eligibility rules declared at opening; returns how many of each outcome."""
    require(rules.can_run_call(actor), _("screen submissions"))
    with audit.act("submissions_screened", actor=actor, now=now) as act:
        call = Call.objects.select_for_update().get(pk=call.pk)
        require_state(call.state, ["closed"], _("Screening"))
        declared = [(r.key, r.kind, r.params) for r in call.eligibilityrules.order_by("position")]
        waiting = list(call.submissions.select_for_update().filter(state="submitted"))
        contents = {
            v.submission_id: v.content
            for v in Version.objects.filter(submission__in=waiting).order_by("number").defer("salt")
        }
        screenings = [
            Screening(submission=s, failed=logic.failed_rules(declared, contents[s.pk]), screened_at=now)
            for s in waiting
        ]
        Screening.objects.bulk_create(screenings)
        counts = {}
        for outcome in ("eligible", "ineligible"):
            passed = [s.submission.ref_id for s in screenings if bool(s.failed) == (outcome == "ineligible")]
            chosen = call.submissions.filter(ref__in=passed)
            counts[outcome] = chosen.update(state=outcome)
            Ref.objects.filter(pk__in=passed).update(state=outcome)
        act.on(call, **counts)
    return counts
