from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from secretariat.engines.sealed.canonical import commit, digest, new_salt
from secretariat.foundation.accounts.actor import Actor, require, require_state
from secretariat.foundation.audit import actions as audit
from secretariat.foundation.audit.queries import latest_head
from secretariat.registry.places.models import Place
from secretariat.registry.refs.actions import Party, next_number, register_ref, update_ref
from secretariat.registry.refs.models import Ref
from secretariat.registry.topics.models import Topic
from secretariat.summit.calls import logic, queries, rules
from secretariat.summit.calls.models import (
    Applicant,
    Call,
    ClosedInputs,
    Criterion,
    EligibilityRule,
    FormField,
    Receipt,
    Screening,
    Stage,
    Submission,
    SubmissionCountry,
    Version,
)

# The field that names places -> what its places are to the submission.
COUNTRY_FIELDS = {"countries": "applicant", "countries_of_use": "use"}


class InvalidContent(Exception):
    """What was written cannot be handed in; ``problems`` says which field and why."""

    def __init__(self, problems: Sequence[logic.Problem]) -> None:
        super().__init__("; ".join(f"{p.field}: {p.message}" for p in problems))
        self.problems = list(problems)


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


def declare_call(*, edition: Any, spec: CallSpec, committee: Any, actor: Actor, now: datetime) -> Call:
    """Write down a call with its form, criteria, eligibility rules and every cut. It can be changed until it opens."""
    require(rules.can_run_call(actor), _("declare a call"))
    ZoneInfo(spec.zone)  # an unknown zone is refused here, with its name
    if odd := logic.odd_rules(spec.fields, spec.eligibility, spec.stages):
        raise ValueError(f"call {spec.key}: nobody knows what is meant by {'; '.join(odd)}")
    with audit.act("call_declared", actor=actor, now=now, key=spec.key) as act:
        title = {"en": spec.title["en"], "zh": spec.title["zh"]}
        ref = register_ref(kind="call", number=f"CALL-{spec.key}".upper(), title=title, state="draft")
        call = Call.objects.create(
            ref=ref, edition=edition, key=spec.key, series=spec.series, title_en=title["en"], title_zh=title["zh"],
            word_en=spec.word["en"], word_zh=spec.word["zh"], languages=list(spec.languages),
            opens_at=spec.opens_at, closes_at=spec.closes_at, zone=spec.zone, committee=committee,
            publication=dict(spec.publication),
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
        declared = queries.rules_of(call)
        if not declared["criteria"] or not declared["stages"] or not declared["fields"]:
            raise ValueError(_("A call opens with a form, criteria and every cut declared."))
        call.state, call.rules_digest = "open", digest(declared)
        call.save(update_fields=["state", "rules_digest"])
        update_ref(ref_id=call.ref_id, state="open")
        audit.pledge(act, subject=call, payload=log_payload(call, "rules", call.rules_digest, now))
        act.on(call, rules=call.rules_digest)
    return call


def log_payload(call: Call, kind: str, digest: str, at: datetime, stage: str | None = None) -> dict[str, Any]:
    """Return what the log keeps of a selection's rules, inputs, list or decision (bundles.selection.LogPayload)."""
    return {
        "call": call.key, "kind": kind, "stage": stage, "digest": digest, "at": at.astimezone(UTC).isoformat(),
    }  # fmt: skip


def start_submission(
    *, call: Call, organisation: Any = None, person: Any, actor: Actor, now: datetime
) -> Submission:
    """Begin an answer to an open call, in the name of an organisation or of the person herself."""
    require(rules.can_start_submission(actor, call) and actor.person_id == person.pk, _("answer this call"))
    require_open(call, now)
    with audit.act("submission_started", actor=actor, now=now, call=call.key) as act:
        parties = [Party("applicant", person_id=person.pk)]
        if organisation is not None:
            parties.append(Party("applicant", organisation_id=organisation.pk))
        ref = register_ref(
            kind="submission", number=next_number(call.series), title={}, state="draft", parties=parties
        )
        submission = Submission.objects.create(ref=ref, call=call, organisation=organisation, person=person)
        act.on(submission)
    return submission


def require_open(call: Call, now: datetime) -> None:
    """Raise WrongState unless the call takes answers at this moment."""
    require_state(call.state, ["open"], _("Answering this call"))
    # Until the closing minute and not after it, whether or not anybody has closed the call by then.
    require_state("open" if now < call.closes_at else "closed", ["open"], _("Answering this call"))


def save_draft(
    *, submission: Submission, content: Mapping[str, Any], actor: Actor, now: datetime
) -> Submission:
    """Keep what has been written so far; gaps are allowed, wrong values are not."""
    require(rules.is_applicant(actor, submission), _("write this submission"))
    if wrong := logic.problems_of(queries.field_specs(submission.call), content, complete=False):
        raise InvalidContent(wrong)
    with audit.act("draft_saved", actor=actor, now=now) as act:
        submission = Submission.objects.select_for_update().select_related("call").get(pk=submission.pk)
        require_state(submission.state, ["draft", "submitted"], _("Writing"))
        require_open(submission.call, now)
        submission.draft = dict(content)
        submission.save(update_fields=["draft"])
        act.on(submission)
    return submission


def submit(*, submission: Submission, actor: Actor, now: datetime) -> Receipt:
    """Hand in the draft as a new version. The receipt carries its commitment and the head of the log."""
    require(rules.is_applicant(actor, submission), _("hand in this submission"))
    with audit.act("submission_submitted", actor=actor, now=now) as act:
        submission = (
            Submission.objects.select_for_update(of=("self",))
            .select_related("call", "ref")
            .get(pk=submission.pk)
        )
        require_state(submission.state, ["draft", "submitted"], _("Handing in"))
        require_open(submission.call, now)
        if wrong := logic.problems_of(queries.field_specs(submission.call), submission.draft, complete=True):
            raise InvalidContent(wrong)
        version = _hand_in(submission, now)
        act.on(submission, version=version.number, commitment=version.commitment)
        head = latest_head()
        return Receipt.objects.create(
            version=version, number=f"{submission.ref.number}/{version.number}", issued_at=now,
            head=head.note if head else "",
        )  # fmt: skip


def _hand_in(submission: Submission, now: datetime) -> Version:
    content, salt = submission.draft, new_salt()
    version = Version.objects.create(
        submission=submission, number=submission.version + 1, content=content, author_id=submission.person_id,
        handed_in_at=now, salt=salt, commitment=commit(content, salt),
    )  # fmt: skip
    title = content.get("title") or {}
    submission.version, submission.state = version.number, "submitted"
    submission.title_en, submission.title_zh = title.get("en", ""), title.get("zh", "")
    submission.submitted_at = submission.submitted_at or now
    submission.topic = _topic(content.get("topic"))
    submission.save()
    _keep_countries(submission, content)
    update_ref(ref_id=submission.ref_id, state="submitted", title=dict(title))
    return version


def _topic(key: str | None) -> Topic | None:
    if not key:
        return None
    if (topic := Topic.objects.filter(key=key).first()) is None:
        message = _("“%(value)s” is not one of the choices.") % {"value": key}
        raise InvalidContent([logic.Problem("topic", message)])
    return topic


def _keep_countries(submission: Submission, content: Mapping[str, Any]) -> None:
    codes = {code for key in COUNTRY_FIELDS for code in content.get(key) or []}
    places = {place.alpha2: place for place in Place.objects.filter(alpha2__in=codes)}
    if unknown := codes - set(places):
        message = _("Unknown country or region: %(codes)s.") % {"codes": ", ".join(sorted(unknown))}
        raise InvalidContent([logic.Problem("countries", message)])
    if submission.version > 1:
        submission.countries.all().delete()
    SubmissionCountry.objects.bulk_create(
        SubmissionCountry(submission=submission, place=places[code], role=role)
        for key, role in COUNTRY_FIELDS.items()
        for code in dict.fromkeys(content.get(key) or [])
    )


def add_applicants(
    *, submission: Submission, organisations: Collection[Any], actor: Actor, now: datetime
) -> None:
    """Name the organisations that apply together with the first one."""
    require(rules.is_applicant(actor, submission), _("name joint applicants"))
    require_state(submission.state, ["draft", "submitted"], _("Naming joint applicants"))
    require_open(submission.call, now)
    with audit.act("applicants_added", actor=actor, now=now, subject=submission):
        Applicant.objects.bulk_create(
            [Applicant(submission=submission, organisation=organisation) for organisation in organisations],
            ignore_conflicts=True,
        )


def withdraw(*, submission: Submission, reason: str, actor: Actor, now: datetime) -> Submission:
    """Take a submission back. It stays in the record; between closing and screening it waits for its screening."""
    require(rules.can_withdraw(actor, submission), _("withdraw this submission"))
    with audit.act("submission_withdrawn", actor=actor, now=now, reason=reason) as act:
        submission = (
            Submission.objects.select_for_update(of=("self",)).select_related("call").get(pk=submission.pk)
        )
        during = ["draft", "submitted"] if submission.call.state == "open" else ["draft", "eligible"]
        require_state(submission.state, during, _("Withdrawing"))
        submission.state = "withdrawn"
        submission.save(update_fields=["state"])
        update_ref(ref_id=submission.ref_id, state="withdrawn")
        act.on(submission)
    return submission


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
