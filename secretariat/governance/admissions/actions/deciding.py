"""The ballot on an application, what follows from it, the certificate, and the letter."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from secretariat.engines.sealed.canonical import digest
from secretariat.foundation.accounts.actor import Actor, Capacity, require
from secretariat.foundation.audit import actions as audit
from secretariat.foundation.ui.templatetags.ui import day
from secretariat.governance.admissions import queries, rules
from secretariat.governance.admissions.actions.keeping import locked, move, tell_applicant
from secretariat.governance.admissions.models import Application, Certificate
from secretariat.governance.ballots.actions import declare_ballot, open_ballot
from secretariat.governance.ballots.models import Ballot, Result
from secretariat.governance.bodies.models import Body
from secretariat.governance.membership.actions import admit_member
from secretariat.governance.membership.models import Member
from secretariat.record.correspondence.actions import To, draft_letter
from secretariat.record.correspondence.models import Letter
from secretariat.registry.refs.actions import next_number
from secretariat.registry.refs.models import RefLink


def put_to_ballot(
    *, application: Application, body: Body, closes_at: datetime, actor: Actor, now: datetime
) -> Ballot:
    """Put an application that is checked and sponsored to a body that decides; its ballot opens at once.

    Whoever is tied to the applicant stands on the roll as recused. ValueError says what is still missing.
    """
    require(rules.can_screen(actor), _("put an application to the ballot"))
    if not queries.deciding_bodies().filter(pk=body.pk).exists():
        raise ValueError(_("This body does not decide on applications."))
    with audit.act("application_put_to_ballot", actor=actor, now=now, body=body.pk) as act:
        application = locked(application, ["screening"], _("Putting to the ballot"))
        if missing := queries.still_missing(application):
            raise ValueError(" ".join(missing))
        number, category = application.ref.number, application.category
        ballot = declare_ballot(
            body=body, method="roll_call", subject=application.ref, closes_at=closes_at, actor=actor, now=now,
            # The number, not the name: a ballot is sealed for ever. ``told_to_voters`` says beside it who that is.
            question_en=f"Admit the applicant of {number} as {category.name_en}?",
            question_zh=f"是否接纳申请{number}的申请者为{category.name_zh}？",
        )  # fmt: skip
        places = queries.roll_for(application, body, timezone.localdate(now))
        ballot = open_ballot(ballot=ballot, places=places, actor=actor, now=now)
        move(application, "ballot", ballot=ballot)
        tell_applicant(application, "application_before_council", now)
        act.on(application)
    return ballot


def act_on_result(*, ballot: Ballot, result: Result, actor: Actor, now: datetime) -> Application | None:
    """Do what a ballot has decided on an application: admit, or not. None where it was about something else.

    A tie or a missing quorum decides nothing: the application can be put to another ballot.
    """
    application = Application.objects.filter(ballot=ballot, state="ballot").first()
    if application is None:
        return None
    with audit.act(
        _VERBS[result.outcome], actor=actor, now=now, ballot=ballot.pk, result=result.digest
    ) as act:
        application = locked(application, ["ballot"], _("Deciding"))
        if result.outcome == "adopted":
            member = _admit(application, ballot, actor, now)
            move(application, "admitted", member=member, ended_at=now)
            _certify(application, member, now)
            tell_applicant(application, "application_admitted", now)
        elif result.outcome == "rejected":
            move(application, "rejected", ended_at=now)
            tell_applicant(application, "application_rejected", now)
        else:
            move(application, "screening")
        act.on(application)
    return application


_VERBS = {
    "adopted": "application_admitted", "rejected": "application_rejected", "tied": "application_undecided",
    "no_quorum": "application_undecided",
}  # fmt: skip


def _admit(application: Application, ballot: Ballot, actor: Actor, now: datetime) -> Member:
    # Whoever closes the ballot need not keep members: the body has decided, and by that the member is admitted.
    decided = Capacity("desk.run", f"ballots.ballot:{ballot.pk}")
    acting = actor.by_decision(decided)
    held = (
        {"organisation": application.organisation}
        if application.organisation_id
        else {"person": application.person}
    )
    return admit_member(
        category=application.category, starts_on=timezone.localdate(now), reason=ballot.ref.number, actor=acting,
        now=now, **held,
    )  # fmt: skip


def _certify(application: Application, member: Member, now: datetime) -> Certificate:
    number, since = next_number(f"CERT-{now.year}"), timezone.localdate(now)
    content = queries.content_of(
        number=number, member=str(member.pk), category=application.category.key, since=since.isoformat()
    )
    return Certificate.objects.create(
        application=application, member=member, category=application.category, number=number, since=since,
        issued_at=now, digest=digest(content),
    )  # fmt: skip


def draft_letter_of_admission(*, application: Application, actor: Actor, now: datetime) -> Letter:
    """Draft the letter that tells of the decision, in the applicant's language; it is signed and sent as any other."""
    require(rules.can_screen(actor), _("draft the letter of admission"))
    with audit.act("admission_letter_drafted", actor=actor, now=now) as act:
        application = locked(application, ["admitted", "rejected", "refused"], _("Drafting the letter"))
        if RefLink.objects.filter(target=application.ref_id, kind="tells_of").exists():
            raise ValueError(_("There is a letter about this decision already."))
        account = application.person.account
        language = account.language if account else "en"
        with override(language):
            subject, text = _wording(application)
            name = str(application.person)
        to = To(name, account.email if account else "", "", application.person, application.organisation)
        letter = draft_letter(
            subject=subject, text=text, recipients=[to], language=language, actor=actor, now=now
        )
        RefLink.objects.create(source=letter.ref, target_id=application.ref_id, kind="tells_of")
        act.on(application)
    return letter


def _wording(application: Application) -> tuple[str, str]:
    told = {"applicant": application, "category": application.category, "number": application.ref.number}
    if application.state == "admitted":
        certificate = application.certificate
        subject = _("Admission of %(applicant)s") % told
        text = _(
            "We have the honour to tell you that the Council has admitted %(applicant)s as %(category)s from "
            "%(since)s.\n\nThe certificate %(certificate)s can be had on the page of your application. We look "
            "forward to working with you."
        ) % {**told, "since": day(certificate.since), "certificate": certificate.number}
        return subject, text
    subject = _("Your application %(number)s") % told
    reason = application.reason or _("The Council has decided so by ballot.")
    text = _(
        "We thank you for the application of %(applicant)s as %(category)s. It could not be followed.\n\n%(reason)s"
    )
    return subject, text % {**told, "reason": reason}
