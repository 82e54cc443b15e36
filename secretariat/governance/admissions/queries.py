from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.admissions import rules
from secretariat.governance.admissions.models import (
    Application,
    Certificate,
    Check,
    Inquiry,
    Prospect,
    Sponsor,
)
from secretariat.governance.ballots.electorate import electorate_of, in_words
from secretariat.governance.ballots.logic import Place
from secretariat.governance.bodies.models import Body
from secretariat.governance.bodies.states import Flag
from secretariat.governance.membership.models import Member
from secretariat.governance.membership.standing import stands_of
from secretariat.registry.conflicts.queries import Finding, PartySet, conflict_matrix
from secretariat.registry.organisations.models import Organisation
from secretariat.registry.people.queries import affiliations_of

PEOPLE = ("ref", "category", "person__ref", "organisation__ref", "organisation__country")


def applies_for(actor: Actor, on: date) -> list[Organisation]:
    """Return the organisations in whose name the actor may apply: she represents them, or works there on that day."""
    if actor.person_id is None or actor.acting_for_id is not None:
        return []
    held = affiliations_of([actor.person_id], on).get(actor.person_id, [])
    spoken = (c.scope_id for c in actor.capacities if c.right == rules.ORGANISATION and c.scope_id)
    wanted = {*spoken, *(row.organisation_id for row in held)}
    return list(Organisation.objects.filter(pk__in=wanted).select_related("ref").order_by("sort_key", "pk"))


def possible_sponsors(on: date) -> QuerySet[Member]:
    """Return the members in good standing on a day, by name. Four statements."""
    good = [member for member, found in stands_of(None, on).items() if found.is_good]
    return Member.objects.filter(pk__in=good).select_related("ref", "organisation", "person")


def own_applications(actor: Actor) -> QuerySet[Application]:
    """Return what the actor applied for, herself or through an organisation she represents; latest first."""
    if actor.person_id is None or actor.acting_for_id is not None:
        return Application.objects.none()
    spoken = [c.scope_id for c in actor.capacities if c.right == rules.ORGANISATION and c.scope_id]
    mine = Q(person=actor.person_id) | Q(organisation__in=spoken)
    return Application.objects.filter(mine).select_related(*PEOPLE).order_by("-handed_in_at", "pk")


def get_own_application(actor: Actor, number: str) -> Application:
    """Return an application of the actor's; Application.DoesNotExist otherwise."""
    return _whole(own_applications(actor)).get(ref__number=number)


def visible_applications(actor: Actor) -> QuerySet[Application]:
    """Return every application for the desk, and nothing for anybody else."""
    rows = Application.objects.select_related(*PEOPLE, "ballot__ref", "member__ref")
    return rows if rules.can_see_all(actor) else rows.none()


def get_application_for(actor: Actor, number: str) -> Application:
    """Return an application with all that belongs to it; Application.DoesNotExist unless the desk asks."""
    return _whole(visible_applications(actor)).get(ref__number=number)


def _whole(rows: QuerySet[Application]) -> QuerySet[Application]:
    sponsors = Sponsor.objects.select_related("member__ref", "member__organisation", "member__person")
    return rows.prefetch_related(
        Prefetch("sponsors", sponsors.order_by("pk")),
        Prefetch("checks", Check.objects.select_related("by").order_by("pk")),
        Prefetch("inquiries", Inquiry.objects.order_by("asked_at")),
    ).select_related("certificate", "ballot__ref", "ballot__result", "member__ref")


def sponsorships_of(actor: Actor) -> QuerySet[Sponsor]:
    """Return what members for which the actor may speak were asked to stand for; what waits comes first."""
    if actor.person_id is None or actor.acting_for_id is not None:
        return Sponsor.objects.none()
    members = [c.scope_id for c in actor.capacities if c.right == rules.REPRESENT and c.scope_id]
    rows = Sponsor.objects.filter(Q(member__in=members) | Q(member__person=actor.person_id))
    return rows.select_related(
        "application__ref", "application__category", "application__organisation", "application__person",
        "member__ref", "member__organisation", "member__person",
    ).order_by("state", "-pk")  # fmt: skip


def deciding_bodies() -> QuerySet[Body]:
    """Return the bodies that can admit: what acts for the organisation and decides."""
    return Body.objects.filter(flags__contains=[Flag.EXECUTIVE, Flag.DECIDES], edition=None).order_by(
        "position"
    )


def still_missing(application: Application) -> list[str]:
    """Return what keeps an application from the ballot, in words; empty when it is ready."""
    missing = []
    if any(check.state != "passed" for check in application.checks.all()):
        missing.append(_("Not every point of the due diligence is passed."))
    if not any(sponsor.state == "confirmed" for sponsor in application.sponsors.all()):
        missing.append(_("No sponsor has confirmed yet."))
    return missing


def findings_about(people: Collection[UUID], application: Application, on: date) -> list[Finding]:
    """Return how these people are tied to the applicant. One statement for each who knows."""
    organisations = frozenset({application.organisation_id} - {None})
    parties = PartySet(application.pk, frozenset({application.person_id}), organisations)
    return conflict_matrix(people, [parties], on)


def roll_for(application: Application, body: Body, on: date) -> list[Place]:
    """Return the roll of a body with those recused who are barred from deciding on the applicant, or apply.

    Nobody meets for it: who is there shows by voting, so that silence makes no quorum.
    """
    places = electorate_of(body, on)
    voters = {place.voter for place in places if place.voter}
    tied = {found.person_id for found in findings_about(voters, application, on) if found.strength == "bars"}
    tied |= voters & {application.person_id}
    words = in_words(lambda: _("Tied to the applicant"))
    return [
        replace(place, is_present=False, recusal=words if place.voter in tied else place.recusal) for place in places
    ]  # fmt: skip


def visible_prospects(actor: Actor) -> QuerySet[Prospect]:
    """Return every prospect for the desk, and nothing for anybody else."""
    rows = Prospect.objects.select_related(
        "organisation__ref", "organisation__country", "category", "application__ref"
    )
    return rows if rules.can_see_all(actor) else rows.none()


def certificate_by(number: str, digest: str) -> Certificate | None:
    """Return a certificate by its number and the beginning of its digest; None where they do not belong together."""
    rows = Certificate.objects.select_related(
        "category", "member__ref", "member__organisation", "member__person"
    )
    found = rows.filter(number=number).first()
    return found if found and len(digest) >= 16 and found.digest.startswith(digest) else None


def content_of(**said: Any) -> dict[str, Any]:
    """What the digest of a certificate is of."""
    return {"scheme": "secretariat/certificate/1", **said}
