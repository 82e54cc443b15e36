from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.accounts.queries import in_force
from secretariat.record.mailings import queries, rules
from secretariat.record.mailings.audiences import Addressee, Audience, to_person
from secretariat.record.tasks.duties import Door, Duty
from secretariat.registry.organisations.queries import visible_organisations
from secretariat.registry.organisations.tables import OrganisationsTable
from secretariat.registry.people.models import Affiliation
from secretariat.registry.people.queries import listed_people
from secretariat.registry.people.states import AffiliationRole
from secretariat.registry.people.tables import PeopleTable

SHOWN = 50


def mailings_waiting(actor: Actor, door: Door, _now: datetime) -> Iterable[Duty]:
    """What this person is asked to approve. One statement."""
    if door != "desk" or actor.person_id is None or not rules.can_see_mailings(actor):
        return
    for mailing in queries.to_approve(actor)[:SHOWN]:
        named = mailing.text.subject_en or mailing.text.subject_zh
        yield Duty(
            key=f"mailing:{mailing.pk}", title=_("Approve the mailing “%(subject)s”") % {"subject": named},
            path=reverse("desk_mailings:mailing", args=[mailing.ref.number]), about=mailing.ref.number,
            owner=str(mailing.approver),
        )  # fmt: skip


def _people(actor: Actor, posted: QueryDict) -> Any:
    rows = PeopleTable(listed_people(actor, timezone.localdate())).chosen(posted)
    return rows.select_related("account", "ref")


def _reached(people: Sequence[Any], _on: date) -> list[Addressee]:
    return [to_person(person, person.ref.number) for person in people]


def _organisations(actor: Actor, posted: QueryDict) -> Any:
    return OrganisationsTable(visible_organisations(actor).select_related("ref")).chosen(posted)


def representatives_of(organisations: Iterable[UUID], on: date) -> dict[UUID, list[Any]]:
    """Return who represents each organisation on a day, by what is recorded as affiliations. One statement."""
    found: dict[UUID, list[Any]] = {organisation: [] for organisation in organisations}
    rows = Affiliation.objects.filter(
        in_force(on), Q(role=AffiliationRole.REPRESENTATIVE), organisation__in=found
    )
    for row in rows.select_related("person__account").order_by("person__sort_key", "pk"):
        found[row.organisation_id].append(row.person)
    return found


def _spoken_for(organisations: Sequence[Any], on: date) -> Iterator[Addressee]:
    """Whoever represents the organisations; one without anybody is listed without an address."""
    speaking = representatives_of([organisation.pk for organisation in organisations], on)
    for organisation in organisations:
        yield from to_organisation(organisation, speaking[organisation.pk], organisation.ref.number)


def to_organisation(organisation: Any, people: Sequence[Any], reference: str) -> Iterator[Addressee]:
    """Yield the people who speak for an organisation, or the organisation itself, without an address."""
    for person in people:
        yield to_person(person, reference, organisation.pk)
    if not people:
        names = {"en": organisation.name_in("en"), "zh": organisation.name_in("zh-hans")}
        yield Addressee(names=names, reference=reference, organisation_id=organisation.pk)


PEOPLE = Audience(
    "people",
    gettext_lazy("people"),
    _people,
    _reached,
    lambda query: f"{reverse('desk_people:people')}?{query}",
)
ORGANISATIONS = Audience(
    "organisations", gettext_lazy("representatives of organisations"), _organisations,
    lambda rows, on: list(_spoken_for(rows, on)),
    lambda query: f"{reverse('desk_organisations:organisations')}?{query}",
)  # fmt: skip
