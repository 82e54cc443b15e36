from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, WrongState, require, require_state
from secretariat.foundation.audit import actions as audit
from secretariat.registry.conflicts.kinds import KINDS
from secretariat.registry.conflicts.policies import policy_from
from secretariat.registry.conflicts.queries import Policy, conflict_matrix
from secretariat.registry.people.models import Person
from secretariat.summit.calls.models import Call, Submission
from secretariat.summit.review import queries, rules
from secretariat.summit.review.models import (
    Assignment,
    Conflict,
    Declaration,
    ReviewDraft,
    StageList,
    Undertaking,
)

BARRED_BY_RULE = "The relation bars by rule."


def find_conflicts(
    *, call: Call, actor: Actor, now: datetime, policy: Policy | None = None
) -> dict[str, int]:
    """Ask the whole registry for relations between the committee and everybody with a part in a submission.

    What counts is what the rules of the call say. What bars by rule is barred at once; the rest waits, barring, until
    the chair resolves it. Found before, it is not found again. Returns how many new conflicts there are in each state.
    """
    require(rules.can_run_review(actor), _("look for conflicts"))
    with audit.act("conflicts_found", actor=actor, now=now, subject=call) as act:
        submissions = list(call.submissions.exclude(state="draft").select_related("ref"))
        members = queries.committee_members(call, now.date())
        policy = policy or policy_from(call.conflict_rules)
        findings = conflict_matrix(members, queries.party_sets(submissions), now.date(), policy)
        known = {
            (c.person_id, c.submission_id, c.kind, c.source_id)
            for c in Conflict.objects.filter(submission__call=call)
        }
        new = {
            key: finding
            for finding in findings
            if (key := (finding.person_id, finding.party_key, finding.kind, finding.source_id)) not in known
        }
        made = Conflict.objects.bulk_create(
            Conflict(
                person_id=f.person_id, submission_id=f.party_key, kind=f.kind, explanation=str(f.explanation),
                source_kind=f.source_kind, source_id=f.source_id, starts_on=f.starts_on, ends_on=f.ends_on,
                direction=f.direction, confidence=f.confidence,
            )
            for f in new.values()
        )  # fmt: skip
        barring = [row for row, f in zip(made, new.values(), strict=True) if f.strength == "bars"]
        Conflict.objects.filter(pk__in=[row.pk for row in barring]).update(
            state="barred", reason=BARRED_BY_RULE, resolved_at=now
        )
        _recuse(barring)
        counts = {"barred": len(barring), "open": len(made) - len(barring)}
        act.detail.update(counts)
    return counts


def declare_conflict(
    *, submission: Submission, explanation: str, actor: Actor, now: datetime, kind: str = "declared"
) -> Conflict:
    """A committee member says that she may not judge an item. She steps aside at once, from what she was given too."""
    require(rules.can_declare_conflict(actor, submission), _("declare a conflict"))
    with audit.act("conflict_declared", actor=actor, now=now) as act:
        declared = Conflict.objects.filter(person=actor.person_id, submission=submission, is_declared=True)
        if declared.filter(kind=kind).exists():
            require_state("declared", [], _("Declaring a conflict"))
        conflict = Conflict.objects.create(
            person_id=actor.person_id,
            submission=submission,
            kind=kind,
            is_declared=True,
            explanation=explanation,
            direction="hers",
            confidence="declared",
        )
        conflict.state, conflict.reason, conflict.resolved_at = "barred", _("Declared by the reviewer."), now
        conflict.save(update_fields=["state", "reason", "resolved_at"])
        _recuse([conflict])
        act.on(conflict)
    return conflict


def declare_conflicts(
    *, call: Call, reasons: Mapping[str, str], signs: str, actor: Actor, now: datetime
) -> Declaration:
    """A committee member has gone through every item of the call: she steps aside from some, and may judge the rest.

    ``reasons`` maps submission numbers to why she steps aside. What she declared before stays declared. ``signs`` is
    the digest of the undertaking she read: she signs it in the same act, and reads no item of the call before.
    """
    require(rules.can_declare(actor, call), _("declare a conflict"))
    require_state(call.state, ["closed"], _("Declaring a conflict"))
    if bare := sorted(number for number, reason in reasons.items() if not reason.strip()):
        raise ValueError(_("Say why you step aside from: %(items)s.") % {"items": ", ".join(bare)})
    if signs != call.undertaking_digest:
        raise WrongState(
            _("Sign the undertaking of this call as it stands now; the one you signed is another text.")
        )
    with audit.act("conflicts_declared", actor=actor, now=now, subject=call, items=sorted(reasons)):
        items = {s.ref.number: s for s in queries.items_to_judge(call)} if reasons else {}
        if unknown := sorted(set(reasons) - items.keys()):
            raise ValueError(_("Not on the list: %(items)s.") % {"items": ", ".join(unknown)})
        known = Conflict.objects.filter(person=actor.person_id, is_declared=True, submission__call=call)
        for number in sorted(reasons.keys() - set(known.values_list("submission__ref__number", flat=True))):
            declare_conflict(submission=items[number], explanation=reasons[number], actor=actor, now=now)
        declaration, _made = Declaration.objects.get_or_create(
            call=call, person_id=actor.person_id, defaults={"declared_at": now}
        )
        _sign(call, actor, now)
    return declaration


def _sign(call: Call, actor: Actor, now: datetime) -> None:
    """Sign the undertaking of a call, once for each text of it."""
    text = {"call": call, "person_id": actor.person_id, "digest": call.undertaking_digest}
    if Undertaking.objects.filter(**text).exists():
        return
    with audit.act("undertaking_signed", actor=actor, now=now, digest=call.undertaking_digest) as act:
        act.on(Undertaking.objects.create(**text, signed_at=now))


def resolve_conflict(*, conflict: Conflict, bars: bool, reason: str, actor: Actor, now: datetime) -> Conflict:
    """The chair decides whether a relation bars, and says why. What a reviewer declared of herself stays barred."""
    require(rules.can_resolve_conflict(actor, conflict), _("resolve this conflict"))
    if not reason.strip():
        raise ValueError(_("A conflict is resolved with a reason."))
    with audit.act("conflict_resolved", actor=actor, now=now, bars=bars, reason=reason) as act:
        conflict = Conflict.objects.select_for_update().get(pk=conflict.pk)
        if not bars:
            _refuse_clearing(conflict)
        conflict.state, conflict.reason, conflict.resolved_at = ("barred" if bars else "cleared"), reason, now
        conflict.save(update_fields=["state", "reason", "resolved_at"])
        if bars:
            _recuse([conflict])
        act.on(conflict)
    return conflict


def _refuse_clearing(conflict: Conflict) -> None:
    """What a reviewer declared of herself stays barred, and so does what the rules of the call let nobody clear."""
    if conflict.is_declared:
        require_state("declared", [], _("Clearing a declared conflict"))
    if conflict.kind in policy_from(conflict.submission.call.conflict_rules).firm:
        label = KINDS[conflict.kind].label
        raise WrongState(
            _("The rules of this call let nobody clear it: she %(relation)s.") % {"relation": label}
        )


def enter_conflict(
    *, call: Call, person: Person, number: str, reason: str, actor: Actor, now: datetime
) -> Conflict:
    """The chair or the secretariat keeps a member from an item, with a reason. It is not hers to undo."""
    require(rules.can_enter_conflict(actor, call, person), _("keep somebody from an item"))
    if not reason.strip():
        raise ValueError(_("Say why she may not judge it."))
    with audit.act("conflict_entered", actor=actor, now=now, reason=reason) as act:
        item = queries.get_item(call, number, recused=queries.recused_items(actor, call))
        if person.pk not in queries.committee_members(call, now.date()):
            raise ValueError(_("%(person)s does not sit in the committee.") % {"person": person})
        if Conflict.objects.filter(person=person, submission=item, kind="entered").exists():
            require_state("barred", [], _("Keeping her from it"))
        conflict = Conflict.objects.create(
            person=person, submission=item, kind="entered", explanation=_("The chair or the secretariat said so."),
            direction="hers", confidence="declared",
        )  # fmt: skip
        conflict.state, conflict.reason, conflict.resolved_at = "barred", reason.strip(), now
        conflict.save(update_fields=["state", "reason", "resolved_at"])
        _recuse([conflict])
        act.on(conflict)
    return conflict


def _recuse(conflicts: Collection[Conflict]) -> None:
    """Take reviewers off items. A review behind a frozen list stays: the list is recounted from it."""
    frozen = StageList.objects.filter(stage=OuterRef("stage"))
    barred = Conflict.objects.filter(
        pk__in=[conflict.pk for conflict in conflicts], person=OuterRef("reviewer"),
        submission=OuterRef("submission"),
    )  # fmt: skip
    held = Assignment.objects.filter(Exists(barred), ~Exists(frozen), state__in=["assigned", "done"])
    ReviewDraft.objects.filter(assignment__in=held).delete()
    held.update(state="recused")
