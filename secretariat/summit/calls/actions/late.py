"""After the closing time and before the call is closed: codes the desk gives, and those who come in by them."""

import secrets
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, WrongState, require, require_state
from secretariat.foundation.audit import actions as audit
from secretariat.foundation.ui.templatetags.ui import moment
from secretariat.summit.calls import queries, rules
from secretariat.summit.calls.actions.submissions import begin, require_may_start
from secretariat.summit.calls.models import Call, LateCode, LateEntry, Submission

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that is read as something else
GROUPS, EACH = 4, 5  # 30 to the power of 20: some 98 bits


def digest_of_code(text: str) -> str:
    """Return what is kept of a code, however it was typed."""
    return sha256("".join(text.upper().split()).replace("-", "").encode()).hexdigest()


def give_late_code(
    *, call: Call, reason: str, until: datetime, uses: int, person: Any = None, organisation: Any = None,
    actor: Actor, now: datetime,
) -> tuple[LateCode, str]:  # fmt: skip
    """Give a code with which answers are begun, written and handed in late; it is returned here and never again."""
    require(rules.can_run_call(actor), _("give a late code"))
    text = "-".join("".join(secrets.choice(ALPHABET) for _n in range(EACH)) for _n in range(GROUPS))
    with audit.act("late_code_given", actor=actor, now=now, uses=uses, until=until) as act:
        call = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
        require_state(call.state, ["open"], _("Giving a late code"))
        if until <= max(now, call.closes_at):
            raise ValueError(_("A late code has to last beyond this moment, and beyond the closing time."))
        made = LateCode.objects.create(
            call=call, digest=digest_of_code(text), reason=reason, until=until, uses=uses, person=person,
            organisation=organisation,
        )  # fmt: skip
        act.on(call, code=made.pk)
    return made, text


def end_late_code(*, code: LateCode, actor: Actor, now: datetime) -> LateCode:
    """Call a code back: from now on nobody writes by it. What was handed in by it stays handed in."""
    require(rules.can_run_call(actor), _("call back a late code"))
    with audit.act("late_code_ended", actor=actor, now=now, code=code.pk) as act:
        call = Call.objects.select_for_update(of=("self",)).get(pk=code.call_id)
        code = LateCode.objects.select_for_update(of=("self",)).get(pk=code.pk)
        if code.ended_at is None:
            code.ended_at = now
            code.save(update_fields=["ended_at"])
        act.on(call)
    return code


def start_late(
    *, call: Call, organisation: Any, person: Any, text: str, actor: Actor, now: datetime
) -> Submission:
    """Begin an answer after the closing time, by a code."""
    require_may_start(call, organisation, person, actor, now)
    with audit.act("late_code_entered", actor=actor, now=now) as act:
        code = _locked_code(call, text, person.pk, organisation and organisation.pk, now)
        made = begin(call=call, organisation=organisation, person=person, actor=actor, now=now)
        _let_in(code, made, now)
        act.on(made, code=code.pk)
    return made


def enter_late(*, submission: Submission, text: str, actor: Actor, now: datetime) -> Submission:
    """Let in by a code what was begun in time: it may be written and handed in until the code runs out."""
    require(rules.is_applicant(actor, submission), _("write this submission"))
    with audit.act("late_code_entered", actor=actor, now=now) as act:
        row = Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
        require_state(row.state, ["draft", "submitted"], _("Entering a late code"))
        code = _locked_code(submission.call, text, row.person_id, row.organisation_id, now)
        _let_in(code, row, now)
        act.on(row, code=code.pk)
    return row


def _locked_code(call: Call, text: str, person: Any, organisation: Any, now: datetime) -> LateCode:
    """Return the code, locked with its call, if it lets this applicant in at this moment."""
    call = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    if call.state != "open":
        raise WrongState(
            _("The call has been closed: what was handed in is fixed, and no code lets anybody in.")
        )
    codes = LateCode.objects.select_for_update(of=("self",))
    code = codes.filter(call=call, digest=digest_of_code(text)).first()
    if code is None:
        raise WrongState(_("This is no code for this call. Please look whether it is typed as it was given."))
    if code.ended_at is not None or code.until <= now:
        raise WrongState(_("This code has run out, or was called back."))
    if code.person_id not in (None, person) or code.organisation_id not in (None, organisation):
        raise WrongState(_("This code was given to another applicant."))
    return code


def _let_in(code: LateCode, submission: Submission, now: datetime) -> None:
    entries = LateEntry.objects.filter(code=code)
    if entries.filter(submission=submission).exists():
        return
    if entries.count() >= code.uses:
        raise WrongState(_("This code has been used as often as it may be."))
    LateEntry.objects.create(code=code, submission=submission, entered_at=now)


def require_no_late_code(call: Call, now: datetime) -> None:
    """Raise ValueError while somebody may still hand in by a code: what was promised to her is kept."""
    if code := queries.late_codes_in_force(call, now).order_by("-until").first():
        raise ValueError(
            _("A late code is in force until %(time)s. Wait for it, or call it back first.")
            % {"time": moment(code.until, call.zone)}
        )
