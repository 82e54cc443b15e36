"""What waits for applicants, for sponsors, and for the desk; and what those who decide are told of an application."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.admissions import queries, rules
from secretariat.governance.admissions.models import Application, Inquiry
from secretariat.governance.ballots.subjects import Subject
from secretariat.record.tasks.duties import Door, Duty
from secretariat.record.tasks.queries import end_of
from secretariat.registry.conflicts.queries import Finding, PartySet, Policy, rows_of

SHOWN = 50


SPONSORED = """
SELECT DISTINCT asked, k.key, s.id, s.answered_at::date
FROM unnest(%(people)s::uuid[]) AS asked
JOIN admissions_sponsor s ON s.answered_by_id = asked AND s.state = 'confirmed'
JOIN admissions_application a ON a.id = s.application_id
JOIN (
    SELECT key, id FROM unnest(%(person_keys)s::uuid[], %(party_people)s::uuid[]) AS p (key, id)
    UNION SELECT key, id FROM unnest(%(organisation_keys)s::uuid[], %(organisations)s::uuid[]) AS o (key, id)
) k ON k.id = coalesce(a.organisation_id, a.person_id)
WHERE s.answered_at::date BETWEEN %(since)s AND %(on)s"""


def sponsorship(
    people: Collection[UUID], parties: Sequence[PartySet], on: date, policy: Policy
) -> Iterator[Finding]:
    """The person stood for a party when it applied for membership: disclosed."""
    text = _("You stood for one of those this is about when it applied for membership.")
    for person, key, source, day in rows_of(SPONSORED, people, parties, on, policy):
        yield Finding(
            person,
            key,
            "sponsorship",
            "discloses",
            "admissions.sponsor",
            source,
            text,
            starts_on=day,
            direction="hers",
        )


def duties(actor: Actor, door: Door, now: datetime) -> Iterator[Duty]:
    """Questions to answer and sponsors to confirm for oneself; applications and prospects at the desk."""
    if door == "desk":
        if rules.can_screen(actor):
            yield from _at_the_desk(actor, now)
        return
    rows = Inquiry.objects.filter(
        answered_at=None, application__in=queries.own_applications(actor).filter(state="asked").order_by()
    ).select_related("application__ref")
    for inquiry in rows.order_by("due_on")[:SHOWN]:
        yield Duty(
            key=f"admissions.inquiry:{inquiry.pk}", title=_("Answer a question about your application"),
            path=reverse("my_admissions:application", args=[inquiry.application.ref.number]),
            due=end_of(inquiry.due_on), about=inquiry.application.ref.number,
        )  # fmt: skip
    for sponsor in queries.sponsorships_of(actor).filter(
        state="asked", application__state__in=("screening", "asked")
    )[:SHOWN]:
        yield Duty(
            key=f"admissions.sponsor:{sponsor.pk}", path=reverse("my_admissions:sponsor", args=[sponsor.pk]),
            title=_("Say whether %(member)s stands for an applicant") % {"member": sponsor.member},
            about=sponsor.application.ref.number,
        )  # fmt: skip


def _at_the_desk(actor: Actor, now: datetime) -> Iterator[Duty]:
    for application in queries.visible_applications(actor).filter(state="screening").order_by("pk")[:SHOWN]:
        yield Duty(
            key=f"admissions.application:{application.pk}",
            title=_("Screen the application of %(applicant)s") % {"applicant": application},
            path=reverse("desk_admissions:application", args=[application.ref.number]),
            about=application.ref.number,
        )  # fmt: skip
    today = timezone.localdate(now)
    late = queries.visible_prospects(actor).filter(state__in=("sought", "invited"), follow_up_on__lte=today)
    for prospect in late.order_by("follow_up_on")[:SHOWN]:
        yield Duty(
            key=f"admissions.prospect:{prospect.pk}", title=_("Follow up: %(prospect)s") % {"prospect": prospect},
            path=reverse("desk_admissions:prospects"), due=end_of(prospect.follow_up_on), about=_("Prospects"),
        )  # fmt: skip


def told_to_voters(refs: Collection[UUID]) -> Mapping[UUID, Subject]:
    """Return who applies, and why, for those who decide on it. One statement."""
    rows = Application.objects.filter(ref__in=refs).select_related("person", "organisation", "category")
    labels = (_("Category"), _("Why"), _("What it brings to the organisation"))
    return {
        row.ref_id: Subject(
            str(row),
            tuple(
                (label, value)
                for label, value in zip(
                    labels, (str(row.category), row.motivation, row.contribution), strict=True
                )
                if value
            ),
        )
        for row in rows
    }
