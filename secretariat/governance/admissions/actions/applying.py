"""What applicants and sponsors do."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, require, require_state
from secretariat.foundation.audit import actions as audit
from secretariat.governance.admissions import queries, rules
from secretariat.governance.admissions.actions.keeping import ask, locked, move, tell_applicant
from secretariat.governance.admissions.models import Application, Check, Inquiry, Prospect, Sponsor
from secretariat.governance.admissions.states import Point
from secretariat.governance.membership.models import Category, Member
from secretariat.governance.membership.queries import member_of
from secretariat.governance.membership.standing import closed_to_applications
from secretariat.registry.organisations.models import Organisation
from secretariat.registry.people.models import Person
from secretariat.registry.refs.actions import Party, next_number, register_ref


def apply(
    *, category: Category, person: Person, organisation: Organisation | None, motivation: str, contribution: str = "",
    sponsor: Member | None = None, actor: Actor, now: datetime,
) -> Application:  # fmt: skip
    """Apply for a category, for an organisation or for oneself. The sponsor named is asked at once.

    ValueError where the category takes no applications or is for the other kind of holder, where the applicant is a
    member already, or has applied already.
    """
    today = timezone.localdate(now)
    works_at = {row.pk for row in queries.applies_for(actor, today)}
    holder = organisation.pk if organisation else None
    require(rules.can_apply(actor, holder, works_at) and person.pk == actor.person_id, _("apply"))
    _check_category(category, organisation, today)
    if not motivation.strip():
        raise ValueError(_("An application says why."))
    with audit.act("membership_applied_for", actor=actor, now=now, category=category.key) as act:
        _refuse_member(person, organisation)
        ref = register_ref(
            kind="application", number=next_number(f"APP-{now.year}"), title={}, state="screening",
            parties=[Party("applicant", person.pk), *([Party("applicant", organisation_id=holder)] if holder else [])],
        )  # fmt: skip
        made = Application(
            ref=ref, category=category, person=person, organisation=organisation, motivation=motivation,
            contribution=contribution, handed_in_at=now,
        )  # fmt: skip
        try:
            with transaction.atomic():
                made.save(force_insert=True)
        except IntegrityError as error:
            if "application_one_open" not in str(error):
                raise
            raise ValueError(_("An application is under way already.")) from None
        Check.objects.bulk_create(Check(application=made, point=point) for point in Point.values)
        if sponsor is not None:
            ask(made, sponsor, today, now)
        _follow_prospect(made)
        tell_applicant(made, "application_received", now)
        act.on(made)
    return made


def answer_inquiry(*, inquiry: Inquiry, text: str, actor: Actor, now: datetime) -> Inquiry:
    """Answer what the desk wanted to know; the application goes on."""
    require(rules.is_applicant(actor, inquiry.application), _("answer for this application"))
    if not text.strip():
        raise ValueError(_("An answer says something."))
    with audit.act("inquiry_answered", actor=actor, now=now) as act:
        application = locked(inquiry.application, ["asked"], _("Answering"))
        inquiry = Inquiry.objects.select_for_update().get(pk=inquiry.pk)
        if inquiry.answered_at is not None:
            raise ValueError(_("This has been answered."))
        inquiry.answer, inquiry.answered_at = text, now
        inquiry.save(update_fields=["answer", "answered_at"])
        if not application.inquiries.filter(answered_at=None).exists():
            move(application, "screening")
        act.on(application)
    return inquiry


def withdraw(*, application: Application, actor: Actor, now: datetime) -> Application:
    """Withdraw an application before it stands before the body that decides."""
    require(rules.is_applicant(actor, application), _("withdraw this application"))
    with audit.act("application_withdrawn", actor=actor, now=now) as act:
        application = locked(application, ["screening", "asked"], _("Withdrawing"))
        move(application, "withdrawn", ended_at=now)
        act.on(application)
    return application


def answer_as_sponsor(
    *, sponsor: Sponsor, stands: bool, note: str = "", actor: Actor, now: datetime
) -> Sponsor:
    """Say whether a member stands for an application; said once."""
    require(rules.can_answer_as_sponsor(actor, sponsor), _("answer as a sponsor"))
    verb = "sponsor_confirmed" if stands else "sponsor_declined"
    with audit.act(verb, actor=actor, now=now) as act:
        application = locked(sponsor.application, ["screening", "asked"], _("Answering as a sponsor"))
        sponsor = Sponsor.objects.select_for_update(of=("self",)).select_related("member").get(pk=sponsor.pk)
        require_state(sponsor.state, ["asked"], _("Answering as a sponsor"))
        sponsor.state = "confirmed" if stands else "declined"
        sponsor.note, sponsor.answered_by_id, sponsor.answered_at = note, actor.person_id, now
        sponsor.save(update_fields=["state", "note", "answered_by", "answered_at"])
        tell_applicant(application, verb, now)
        act.on(application)
    return sponsor


def _check_category(category: Category, organisation: Organisation | None, today: date) -> None:
    if (category.holder == "person") != (organisation is None):
        raise ValueError(_("This category is for another kind of holder."))
    if category.pk in closed_to_applications(today):
        raise ValueError(_("This category takes no applications."))


def _refuse_member(person: Person, organisation: Organisation | None) -> None:
    found = member_of(organisation=organisation.pk) if organisation else member_of(person=person.pk)
    if found is not None and found.state != "ended":
        raise ValueError(_("This is a member already; the desk changes its category."))


def _follow_prospect(made: Application) -> None:
    rows = (
        Prospect.objects.select_for_update()
        .filter(organisation=made.organisation_id)
        .exclude(state="applied")
    )
    for prospect in rows if made.organisation_id else ():
        prospect.state, prospect.application, prospect.noted_at = "applied", made, made.handed_in_at
        prospect.save(update_fields=["state", "application", "noted_at"])
