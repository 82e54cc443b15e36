from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, ExtractYear
from django.utils.translation import get_language

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.accounts.queries import in_force
from secretariat.governance.membership.models import (
    Category,
    Conditions,
    Event,
    Member,
    Membership,
    Representative,
)
from secretariat.registry.organisations.rules import reads_registry
from secretariat.registry.people.models import Affiliation, Person
from secretariat.registry.people.queries import live_people
from secretariat.registry.places.models import Grouped
from secretariat.registry.places.queries import CONTINENTS

PLACE = Coalesce("member__organisation__country", "member__person__country")


def categories_by_key() -> dict[str, Category]:
    """Return every category by its key, in their order. One statement."""
    return {category.key: category for category in Category.objects.all()}


def memberships_on(on: date) -> QuerySet[Membership]:
    """Return the memberships in force on a day; each member has one at most. A suspended member is still a member."""
    return Membership.objects.filter(in_force(on))


def members_on(on: date, category: str | None = None) -> list[Membership]:
    """Return who was a member on a day, by category and number, with member, holder and category. One statement."""
    rows = memberships_on(on).select_related(
        "category", "member__ref", "member__person", "member__organisation__country"
    )
    if category is not None:
        rows = rows.filter(category__key=category)
    return list(rows.order_by("category__position", "member__ref__number"))


def member_of(*, person: UUID | None = None, organisation: UUID | None = None) -> Member | None:
    """Return the member that a person or an organisation is or was."""
    if (person is None) == (organisation is None):
        raise ValueError("Ask about a person or about an organisation.")
    asked = {"person": person} if person else {"organisation": organisation}
    return Member.objects.filter(**asked).select_related("ref").first()


def visible_members(actor: Actor, on: date) -> QuerySet[Member]:
    """Return what the desk lists: members with holder, ``category_name`` on a day, ``since``, and ``sort``.

    Nothing for anybody else. One statement, whatever the number.
    """
    if not reads_registry(actor):
        return Member.objects.none()
    language = "zh" if (get_language() or "en").startswith("zh") else "en"
    now = Membership.objects.filter(in_force(on), member=OuterRef("pk"))
    first = Membership.objects.filter(member=OuterRef("pk")).order_by("starts_on")
    return Member.objects.select_related(
        "ref", "person__ref", "person__country", "organisation__ref", "organisation__country"
    ).annotate(
        category_key=Subquery(now.values("category__key")[:1]),
        category_name=Subquery(now.values(f"category__name_{language}")[:1]),
        category_position=Subquery(now.values("category__position")[:1]),
        since=Subquery(first.values("starts_on")[:1]),
        sort=Coalesce("organisation__sort_key", "person__sort_key"),
        country_sort=Coalesce(f"organisation__country__sort_{language}", f"person__country__sort_{language}"),
        country_code=Coalesce("organisation__country__alpha2", "person__country__alpha2"),
    )


def get_member_for(actor: Actor, number: str, on: date) -> Member:
    """Return the member with this number if the actor may see it; Member.DoesNotExist otherwise."""
    return visible_members(actor, on).get(ref__number=number)


def memberships_of(member: UUID) -> list[Membership]:
    """Return every category a member has had, latest first. One statement."""
    return list(Membership.objects.filter(member=member).select_related("category").order_by("-starts_on"))


def every_representative_of(member: UUID) -> list[Representative]:
    """Return who represents and represented a member, latest first. One statement."""
    rows = Representative.objects.filter(member=member).select_related("person__ref")
    return list(rows.order_by("-starts_on", "pk"))


def speaking_and_coming(member: UUID, on: date) -> list[Representative]:
    """Return who represents a member on a day, and who will, the longest first. One statement."""
    rows = Representative.objects.filter(Q(ends_on=None) | Q(ends_on__gte=on), member=member)
    return list(rows.select_related("person__ref").order_by("starts_on", "pk"))


def people_of(member: Member, on: date) -> QuerySet[Person]:
    """Return whom a member organisation may name itself: who has a place in it on a day.

    Anybody else is named by the secretariat: nobody looks through the registry to find whom to name.
    """
    placed = Affiliation.objects.filter(in_force(on), organisation=member.organisation_id).values("person")
    return live_people().filter(pk__in=placed)


def representatives_of(members: Collection[UUID], on: date) -> dict[UUID, list[Representative]]:
    """Return who represents each of these members on a day, the longest first. One statement."""
    found: dict[UUID, list[Representative]] = {member: [] for member in members}
    rows = Representative.objects.filter(in_force(on), member__in=members).select_related("person")
    for row in rows.order_by("starts_on", "pk"):
        found[row.member_id].append(row)
    return found


def count_by_category(on: date) -> dict[str, int]:
    """Return the number of members by the category's key, in the order of the categories. One statement."""
    counted = memberships_on(on).values("category__key", "category__position").annotate(count=Count("pk"))
    return {row["category__key"]: row["count"] for row in counted.order_by("category__position")}


def count_by_place(on: date) -> dict[str | None, int]:
    """Return the number of members by two-letter code, most first; None is "not recorded". One statement."""
    code = Coalesce("member__organisation__country__alpha2", "member__person__country__alpha2")
    counted = memberships_on(on).values(code=code).annotate(count=Count("pk"))
    return {row["code"]: row["count"] for row in counted.order_by(F("count").desc(), "code")}


def count_by_continent(on: date) -> dict[str | None, int]:
    """Return the number of members by the continent's key, most first; None is "not recorded". One statement."""
    groups = Grouped.objects.filter(grouping__key=CONTINENTS, place=OuterRef("asked_place"))
    counted = (
        memberships_on(on)
        .annotate(asked_place=PLACE)
        .values(continent=Subquery(groups.values("group__key")))
        .annotate(count=Count("pk"))
    )
    return {row["continent"]: row["count"] for row in counted.order_by(F("count").desc(), "continent")}


def count_by_year(on: date) -> dict[int, int]:
    """Return how many of a day's members have been one since each year, in the order of the years. One statement."""
    years = since_year(memberships_on(on)).values("since_year").annotate(count=Count("pk"))
    return {row["since_year"]: row["count"] for row in years.order_by("since_year")}


def since_year(rows: QuerySet[Membership]) -> QuerySet[Membership]:
    """Add ``since_year`` to memberships: the year in which the member was first admitted."""
    first = (
        Membership.objects.filter(member=OuterRef("member"))
        .order_by()
        .values("member")
        .annotate(first=Min("starts_on"))
    )
    return rows.annotate(since_year=ExtractYear(Subquery(first.values("first"))))


def count_through_years(on: date) -> dict[int, int]:
    """Return how many members there were at the end of every year since the first, and on the day in its own year.

    Two statements, however long ago that is.
    """
    begun = Membership.objects.filter(starts_on__lte=on).values(year=ExtractYear("starts_on"))
    # Who belongs to it on the last day of a year is counted there, and gone in the next.
    gone = Membership.objects.filter(ends_on__lt=on).values(
        year=ExtractYear(F("ends_on") + timedelta(days=1))
    )
    moved: dict[int, int] = {}
    for sign, rows in ((1, begun), (-1, gone)):
        for row in rows.annotate(count=Count("pk")).order_by("year"):
            moved[row["year"]] = moved.get(row["year"], 0) + sign * row["count"]
    found, count = {}, 0
    for year in range(min(moved), on.year + 1) if moved else ():
        count += moved.get(year, 0)
        found[year] = count
    return found


def accounts_speaking(members: Collection[UUID], on: date) -> dict[UUID, list[UUID]]:
    """Return the accounts through which each of these members hears: its representatives', or the person's own.

    Two statements.
    """
    found: dict[UUID, list[UUID]] = {member: [] for member in members}
    spoken = Representative.objects.filter(in_force(on), member__in=members, person__account__isnull=False)
    for member, account in spoken.order_by("pk").values_list("member", "person__account"):
        found[member].append(account)
    alone = Member.objects.filter(pk__in=members, person__account__isnull=False)
    for member, account in alone.values_list("pk", "person__account"):
        found[member].append(account)
    return found


def events_of(member: UUID) -> list[Event]:
    """Return what happened to a member, latest first. One statement."""
    return list(Event.objects.filter(member=member).order_by("-on", "-pk"))


def conditions_of_categories() -> list[Conditions]:
    """Return every condition there is or was, by category, latest first. One statement."""
    rows = Conditions.objects.select_related("category")
    return list(rows.order_by("category__position", "-starts_on"))
