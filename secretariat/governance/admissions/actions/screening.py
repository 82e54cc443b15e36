"""What the desk does with an application before it is decided on."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, require
from secretariat.foundation.audit import actions as audit
from secretariat.governance.admissions import rules
from secretariat.governance.admissions.actions.keeping import ask, locked, move, tell_applicant
from secretariat.governance.admissions.models import Application, Check, Inquiry, Sponsor
from secretariat.governance.admissions.states import CheckState
from secretariat.governance.membership.models import Member

BEFORE = ("screening", "asked")


def record_check(*, check: Check, state: str, note: str = "", actor: Actor, now: datetime) -> Check:
    """Say how a point of the due diligence came out; one that is not passed says why."""
    require(rules.can_screen(actor), _("check an application"))
    if state not in CheckState.values:
        raise ValueError(_("A point is open, passed or not passed."))
    if state == "failed" and not note.strip():
        raise ValueError(_("Say why the point is not passed."))
    with audit.act("application_checked", actor=actor, now=now, point=check.point, state=state) as act:
        application = locked(check.application, BEFORE, _("Checking"))
        check = Check.objects.select_for_update().get(pk=check.pk)
        check.state, check.note, check.by_id, check.at = state, note, actor.person_id, now
        check.save(update_fields=["state", "note", "by", "at"])
        act.on(application)
    return check


def ask_applicant(
    *, application: Application, text: str, due_on: date, actor: Actor, now: datetime
) -> Inquiry:
    """Ask the applicant for more, until a day; meanwhile the application rests."""
    require(rules.can_screen(actor), _("ask an applicant"))
    if due_on <= timezone.localdate(now):
        raise ValueError(_("Give the applicant some days to answer."))
    with audit.act("applicant_asked", actor=actor, now=now) as act:
        application = locked(application, BEFORE, _("Asking for more"))
        made = Inquiry.objects.create(application=application, text=text, due_on=due_on, asked_at=now)
        if application.state == "screening":
            move(application, "asked")
        tell_applicant(application, "inquiry_made", now, due=due_on.isoformat())
        act.on(application)
    return made


def ask_sponsor(*, application: Application, member: Member, actor: Actor, now: datetime) -> Sponsor:
    """Ask one more member to stand for an application: the desk, or the applicant."""
    may = rules.can_screen(actor) or rules.is_applicant(actor, application)
    require(may, _("ask a member to be a sponsor"))
    with audit.act("sponsor_asked", actor=actor, now=now, member=member.pk) as act:
        application = locked(application, BEFORE, _("Asking for a sponsor"))
        sponsor = ask(application, member, timezone.localdate(now), now)
        act.on(application)
    return sponsor


def refuse(*, application: Application, reason: str, actor: Actor, now: datetime) -> Application:
    """Refuse an application before any ballot, with a reason that the applicant reads."""
    require(rules.can_screen(actor), _("refuse an application"))
    if not reason.strip():
        raise ValueError(_("An application is refused with a reason."))
    # The reason stands on the application alone: what an act says of itself cannot be forgotten.
    with audit.act("application_refused", actor=actor, now=now) as act:
        application = locked(application, BEFORE, _("Refusing"))
        move(application, "refused", reason=reason, ended_at=now)
        tell_applicant(application, "application_refused", now, reason=reason)
        act.on(application)
    return application
