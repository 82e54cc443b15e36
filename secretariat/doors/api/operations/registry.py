"""The registry as the desk reads it: people, organisations, members, bodies; and accounts, for who keeps them."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Status

from secretariat.doors.api.entering import needing
from secretariat.doors.api.operations.public import After, Limit
from secretariat.doors.api.paging import page_of
from secretariat.doors.api.problems import invalid, naming
from secretariat.doors.api.shapes.accounts import AccountLine, AccountWhole
from secretariat.doors.api.shapes.basic import Page, answers
from secretariat.doors.api.shapes.registry import (
    BodyLine,
    BodyWhole,
    MemberOfDesk,
    MemberOfDeskWhole,
    OrganisationLine,
    OrganisationWhole,
    OrganisationWords,
    PersonLine,
    PersonWhole,
)
from secretariat.foundation.accounts import queries as accounts
from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.accounts.models import Account
from secretariat.foundation.privacy.actions import disclose
from secretariat.governance.bodies import queries as bodies
from secretariat.governance.membership import queries as membership
from secretariat.governance.membership.tables import named as named_member
from secretariat.registry.organisations import queries as organisations
from secretariat.registry.organisations.actions import register_organisation as register
from secretariat.registry.organisations.actions import update_organisation
from secretariat.registry.people import queries as people
from secretariat.registry.people.models import Person
from secretariat.registry.places.models import Place

router = Router(tags=["desk"])
Words = Query("", max_length=200, description="Words of a name, or a number.")
Country = Query("", max_length=2, description="Two letters.")
READS, RUNS = needing("desk.read"), needing("desk.run")


def today() -> date:
    return timezone.localdate()


def worded(rows: QuerySet[Any], words: str, condition: Any) -> QuerySet[Any]:
    """Return the rows in whose names every word stands."""
    for word in words.split():
        rows = rows.filter(condition(word))
    return rows


@router.get("/desk/people", auth=READS, response=answers(Page[PersonLine], 403))
def list_people(
    request: HttpRequest, q: str = Words, country: str = Country, after: str = After, limit: int = Limit
) -> Any:
    """Everybody in the registry, by name."""
    rows = worded(people.listed_people(request.auth, today()), q, people.named)
    rows = rows.filter(country__alpha2=country.upper()) if country else rows

    def shown(page: Sequence[Person]) -> None:
        _shown([person.pk for person in page], "people.list", request)

    keys = ["sort_key", "ref__number"]
    return page_of(rows, keys, after=after, limit=limit, shape=PersonLine.of, salt="people", prepare=shown)


def _shown(owners: Sequence[UUID], what: str, request: HttpRequest) -> None:
    """Each of them can see who took away what is kept of her, as from the pages."""
    disclose(owners=owners, what=what, actor=request.auth, now=timezone.now())


@router.get("/desk/people/{number}", auth=READS, response=answers(PersonWhole, 403, 404))
def read_person(request: HttpRequest, number: str) -> Any:
    """One person with every place she has or had."""
    person = people.listed_people(request.auth, today()).get(ref__number=number)
    return PersonWhole.of_one(person, people.every_affiliation_of(person.pk))


@router.get("/desk/organisations", auth=READS, response=answers(Page[OrganisationLine], 403))
def list_organisations(
    request: HttpRequest, q: str = Words, country: str = Country, kind: str = Query("", max_length=30),
    after: str = After, limit: int = Limit,
) -> Any:  # fmt: skip
    """Every organisation in the registry, by name."""
    rows = worded(organisations.visible_organisations(request.auth), q, organisations.named)
    asked = {"country__alpha2": country.upper(), "kind": kind}
    rows = rows.filter(**{name: value for name, value in asked.items() if value})
    keys = ["sort_key", "ref__number"]
    return page_of(rows, keys, after=after, limit=limit, shape=OrganisationLine.of, salt="organisations")


@router.get("/desk/organisations/{number}", auth=READS, response=answers(OrganisationWhole, 403, 404))
def read_organisation(request: HttpRequest, number: str) -> Any:
    """One organisation with its parts and its people."""
    row = organisations.get_organisation_for(request.auth, number)
    return OrganisationWhole.of_one(
        row, organisations.parts_of_organisation(row.pk), people.people_of_organisation(row.pk)
    )


@router.post("/desk/organisations", auth=RUNS, response=answers(OrganisationWhole, 403, status=201))
def register_organisation(request: HttpRequest, said: OrganisationWords) -> Any:
    """Enter a new organisation."""
    with naming("name", "valid"):
        made = register(**_values(request.auth, said), actor=request.auth, now=timezone.now())
    return Status(201, read_organisation(request, made.ref.number))


@router.put("/desk/organisations/{number}", auth=RUNS, response=answers(OrganisationWhole, 403, 404, 409))
def change_organisation(request: HttpRequest, number: str, said: OrganisationWords) -> Any:
    """Write what the registry keeps of an organisation; it takes the place of what stands."""
    row = organisations.get_organisation_for(request.auth, number)
    with naming("name", "valid"):
        update_organisation(
            organisation=row, **_values(request.auth, said), actor=request.auth, now=timezone.now()
        )
    return read_organisation(request, number)


def _values(actor: Actor, said: OrganisationWords) -> dict[str, Any]:
    """What is said of an organisation, with what it names by code and number."""
    country = parent = None
    if said.country is not None:
        country = known(Place.objects.filter(alpha2=said.country.upper()).first(), "country")
    if said.parent is not None:
        rows = organisations.visible_organisations(actor)
        parent = known(rows.filter(ref__number=said.parent).first(), "parent")
    told = said.dict(exclude={"name", "country", "parent"})
    return {**told, "name_en": said.name.en, "name_zh": said.name.zh, "country": country, "parent": parent}


def known(thing: Any, field: str) -> Any:
    """Return a thing that a field names, or refuse the field."""
    if thing is None:
        raise invalid(field, "known", _("There is no such thing, or it is not yours to see."))
    return thing


@router.get("/desk/members", auth=READS, response=answers(Page[MemberOfDesk], 403))
def list_members_of_desk(
    request: HttpRequest, q: str = Words, category: str = Query("", max_length=60),
    state: str = Query("", max_length=20), after: str = After, limit: int = Limit,
) -> Any:  # fmt: skip
    """Every member, also those that have left, by name."""
    rows = worded(membership.visible_members(request.auth, today()), q, named_member)
    asked = {"category_key": category, "state": state}
    rows = rows.filter(**{name: value for name, value in asked.items() if value})
    keys = ["sort", "ref__number"]
    return page_of(rows, keys, after=after, limit=limit, shape=MemberOfDesk.of, salt="desk-members")


@router.get("/desk/members/{number}", auth=READS, response=answers(MemberOfDeskWhole, 403, 404))
def read_member_of_desk(request: HttpRequest, number: str) -> Any:
    """One member with every category it has had, and who spoke for it."""
    row = membership.get_member_for(request.auth, number, today())
    held, spoken = membership.memberships_of(row.pk), membership.every_representative_of(row.pk)
    return MemberOfDeskWhole.of_one(row, held, spoken)


@router.get("/desk/bodies", auth=READS, response=answers(Page[BodyLine], 403))
def list_bodies(request: HttpRequest, after: str = After, limit: int = Limit) -> Any:
    """Every body with its seats, in the order of the organisation."""
    rows = bodies.visible_bodies(request.auth, today())
    keys = ["position", "ref__number"]
    return page_of(rows, keys, after=after, limit=limit, shape=BodyLine.of, salt="bodies")


@router.get("/desk/bodies/{number}", auth=READS, response=answers(BodyWhole, 403, 404))
def read_body(request: HttpRequest, number: str) -> Any:
    """One body with every term there has been."""
    row = bodies.get_body_for(request.auth, number, today())
    return BodyWhole.of_one(row, bodies.every_term_of(row))


@router.get("/desk/accounts", auth=needing("accounts.read"), response=answers(Page[AccountLine], 403))
def list_accounts(
    request: HttpRequest, q: str = Query("", max_length=200, description="A piece of the address."),
    after: str = After, limit: int = Limit,
) -> Any:  # fmt: skip
    """Every account by its address, with the rights given to it by hand that hold today."""
    rows = accounts.visible_accounts(request.auth)
    rows = rows.filter(Q(email__contains=q.strip().lower())) if q.strip() else rows
    return page_of(
        rows, ["email"], after=after, limit=limit, shape=AccountLine.of, salt="accounts", prepare=prepared
    )


@router.get(
    "/desk/accounts/{account}", auth=needing("accounts.read"), response=answers(AccountWhole, 403, 404)
)
def read_account(request: HttpRequest, account: UUID) -> Any:
    """One account with every right that was given to it, and why."""
    found = accounts.visible_accounts(request.auth).get(pk=account)
    _shown([found.pk], "accounts.address", request)
    prepared([found])
    return AccountWhole.of_one(found, accounts.grants_given_to(found))


def prepared(rows: Sequence[Account]) -> None:
    """Give every account its person and the rights that hold today. Two statements."""
    keys = [row.pk for row in rows]
    known = {p.account_id: p for p in Person.objects.filter(account__in=keys).select_related("ref")}
    held: dict[UUID, list[str]] = {}
    for grant in accounts.grants_of(keys, today()):
        held.setdefault(grant.account_id, []).append(grant.right)
    for row in rows:
        row.person, row.rights = known.get(row.pk), sorted(held.get(row.pk, []))
