from datetime import timedelta

from django.utils import timezone

from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.admissions import actions, queries
from secretariat.governance.admissions.models import Application, Certificate
from tests.factories.accounts import NOW, make_account, make_actor
from tests.factories.membership import make_category, make_member
from tests.factories.organisations import make_organisation
from tests.factories.people import make_affiliation, make_person

DESK = make_actor("desk.run")


def as_person(person):
    return Actor(person.account_id, person.pk)


def make_application(person=None, organisation=None, *, category=None, sponsor=None, now=NOW, **kw):
    """A person with an account applies for herself, or for the organisation given, where she works."""
    person = person or make_person(account=make_account())
    if organisation is not None:
        make_affiliation(person, organisation)
    category = category or make_category(holder="organisation" if organisation else "person")
    return actions.apply(
        category=category, person=person, organisation=organisation, motivation="We care", sponsor=sponsor,
        actor=as_person(person), now=now, **kw,
    )  # fmt: skip


def make_ready_application(*, sponsor=None, person=None, now=NOW, **kw):
    """An application that a sponsor stands for, with every point passed: an organisation's, or the person's given."""
    sponsor = sponsor or make_member(person=make_person(account=make_account()))
    organisation = None if person else make_organisation()
    made = make_application(person, organisation, sponsor=sponsor, now=now, **kw)
    asked = made.sponsors.select_related("member", "application").get()
    actions.answer_as_sponsor(sponsor=asked, stands=True, actor=as_person(sponsor.person), now=now)
    for check in made.checks.select_related("application"):
        actions.record_check(check=check, state="passed", actor=DESK, now=now)
    return Application.objects.get(pk=made.pk)


def make_inquiry(application, *, now=None):
    now = now or timezone.now()
    due = timezone.localdate(now) + timedelta(days=7)
    return actions.ask_applicant(application=application, text="Since when?", due_on=due, actor=DESK, now=now)


def make_certificate(application, member, *, now=NOW):
    """A certificate by itself, as though the application had been decided on."""
    digest, number = "ab" * 32, f"CERT-{application.ref.number}"[:20]
    return Certificate.objects.create(
        application=application, member=member, category=application.category, number=number,
        since=now.date(), issued_at=now, digest=digest,
    )  # fmt: skip


def make_prospect(organisation=None, **kw):
    return actions.note_prospect(organisation=organisation or make_organisation(), actor=DESK, now=NOW, **kw)


def whole(application):
    """The application as the desk's page loads it."""
    return queries.get_application_for(DESK, application.ref.number)
