"""How members stand on a day, asked for one or for all at once, and who may vote in the Assembly by it."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef

from secretariat.foundation.accounts.queries import in_force
from secretariat.governance.ballots.electorate import in_words
from secretariat.governance.ballots.logic import Place
from secretariat.governance.bodies.models import Body, Term
from secretariat.governance.bodies.states import Flag, Role
from secretariat.governance.membership.logic import Happened, Stands, stands_on
from secretariat.governance.membership.models import Conditions, Event, Membership, Representative


def conditions_on(on: date) -> dict[UUID, Conditions]:
    """Return what each category asks and gives on a day, by the category. One statement."""
    return {
        row.category_id: row for row in Conditions.objects.filter(in_force(on)).select_related("category")
    }


def closed_to_applications(on: date) -> set[UUID]:
    """Return the categories that take no applications on a day, as their conditions say. One statement."""
    rows = Conditions.objects.filter(in_force(on), takes_applications=False)
    return set(rows.values_list("category", flat=True))


def stands_of(members: Collection[UUID] | None, on: date) -> dict[UUID, Stands]:
    """Return how each of these members stands on a day, or how all do. Three statements, however many there are.

    The days of grace are those of its category on that day.
    """
    events, held = Event.objects.all(), Membership.objects.filter(in_force(on))
    if members is not None:
        events, held = events.filter(member__in=members), held.filter(member__in=members)
    happened: dict[UUID, list[Happened]] = {member: [] for member in members or ()}
    for row in events.order_by("on", "pk"):
        happened.setdefault(row.member_id, []).append(Happened(row.kind, row.on, row.until, row.standing))
    grace = {key: row.grace_days for key, row in conditions_on(on).items()}
    category = dict(held.values_list("member", "category"))
    return {
        member: stands_on(found, grace.get(category.get(member), 0), on) for member, found in happened.items()
    }


def electorate(body: Body, on: date) -> list[Place] | None:
    """Return the votes there are in an assembly of members on a day: one for each in good standing with a right to it.

    None for any other body. The vote of an organisation is cast by its voting representative, and by nobody while
    there is none. Seven statements, however many members there are.
    """
    if Flag.SUPREME not in body.flags:
        return None
    stands, conditions = stands_of(None, on), conditions_on(on)
    voting = dict(Representative.objects.filter(in_force(on), is_voting=True).values_list("member", "person"))
    chairs = set(
        Term.objects.filter(in_force(on), seat__body=body, role=Role.CHAIR).values_list("person", flat=True)
    )
    rows = Membership.objects.filter(in_force(on)).select_related("category", "member__ref")
    places = []
    for row in rows.order_by("category__position", "member__ref__number"):
        rule = conditions.get(row.category_id)
        if rule is None or not rule.has_vote or not stands[row.member_id].is_good:
            continue
        voter = row.member.person_id or voting.get(row.member_id)
        places.append(
            Place(
                source=f"membership.member:{row.member_id}",
                why=in_words(lambda row=row: f"{row.category}: {row.member.ref.number}"),
                person=row.member.person_id, organisation=row.member.organisation_id, voter=voter,
                weight=rule.weight, is_chair=voter is not None and voter in chairs,
            )
        )  # fmt: skip
    return places


def assemblies_of(person: UUID, on: date) -> set[UUID]:
    """Return the assemblies in which somebody is a member or votes for one. One statement."""
    held = Membership.objects.filter(in_force(on), member=OuterRef("member"))
    voting = Representative.objects.filter(Exists(held), in_force(on), person=person, is_voting=True)
    own = Membership.objects.filter(in_force(on), member__person=person)
    assemblies = Body.objects.filter(Exists(voting) | Exists(own), flags__contains=[Flag.SUPREME])
    return set(assemblies.values_list("pk", flat=True))
