from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, WrongState, require
from secretariat.foundation.audit import actions as audit
from secretariat.foundation.notices.actions import tell
from secretariat.summit.calls import logic, queries, rules
from secretariat.summit.calls.actions.submissions import InvalidContent, locked
from secretariat.summit.calls.models import Approval, ApprovalRule, Submission


def want_approval(*, organisation: Any, wanted: bool, actor: Actor, now: datetime) -> ApprovalRule:
    """Say whether a second representative approves what is handed in for an organisation."""
    require(rules.represents(actor, organisation.pk), _("say how this organisation hands in"))
    with audit.act("approval_wanted", actor=actor, now=now, wanted=wanted) as act:
        rule, _made = ApprovalRule.objects.update_or_create(
            organisation=organisation, defaults={"is_wanted": wanted}
        )
        act.on(rule)
    return rule


def ask_approval(*, submission: Submission, actor: Actor, now: datetime) -> Approval:
    """Lay the draft as it stands before the other representatives of its organisation, and tell them."""
    require(rules.is_applicant(actor, submission), _("hand in this submission"))
    with audit.act("approval_asked", actor=actor, now=now) as act:
        submission = locked(submission, _("Asking for approval"), now)
        if wrong := logic.problems_of(queries.field_specs(submission.call), submission.draft, complete=True):
            raise InvalidContent(wrong)
        approval, _made = Approval.objects.get_or_create(
            submission=submission, revision=submission.revision,
            defaults={"asked_by_id": actor.person_id, "asked_at": now},
        )  # fmt: skip
        act.on(submission, revision=submission.revision)
        tell(
            accounts=queries.accounts_that_approve(approval, now.date()), kind="draft_to_approve",
            subject_id=approval.pk, now=now, number=submission.ref.number,
        )  # fmt: skip
    return approval


def approve(*, approval: Approval, actor: Actor, now: datetime) -> Approval:
    """Approve the text one was asked about, as another representative than the one who asks."""
    require(rules.can_approve(actor, approval), _("approve this text"))
    with audit.act("draft_approved", actor=actor, now=now) as act:
        submission = locked(approval.submission, _("Approving"), now)
        approval = Approval.objects.select_for_update().get(pk=approval.pk)
        if approval.revision != submission.revision:
            raise WrongState(_("The text has been changed since you were asked; please read it again."))
        if approval.approved_at is None:
            approval.approved_by_id, approval.approved_at = actor.person_id, now
            approval.save(update_fields=["approved_by", "approved_at"])
        act.on(submission, revision=submission.revision)
    return approval
