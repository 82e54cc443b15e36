"""What the site shows to strangers, for programs. No token is needed; with one more may be asked in a minute."""

from datetime import date
from typing import Any

from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Query, Router

from secretariat.doors.api.paging import MOST, USUAL, page_of
from secretariat.doors.api.shapes.basic import Listed, Page, Words, answers
from secretariat.doors.api.shapes.public import (
    CallLine,
    CallWhole,
    EditionLine,
    EditionWhole,
    HonourShape,
    MemberLine,
    MemberWhole,
    PlaceShape,
    TopicShape,
)
from secretariat.doors.site.calls import call_page
from secretariat.doors.site.directory import member_page, members_asked
from secretariat.doors.site.editions import edition_page, public_editions
from secretariat.doors.site.honoured import conferred_honours, in_places, with_items
from secretariat.doors.site.selections import public_calls
from secretariat.registry.places.models import Group, Place
from secretariat.registry.places.queries import continents_of, places_in_order
from secretariat.registry.topics.models import Topic

router = Router(tags=["public"])
After = Query("", max_length=2000, description="The cursor a page before this one gave.")
Limit = Query(USUAL, ge=1, le=MOST, description="How many at most.")


def found(thing: Any) -> Any:
    """Return what was found; what was not is not there."""
    if thing is None:
        raise Http404
    return thing


@router.get("/editions", response=answers(Listed[EditionLine]))
def list_editions(request: HttpRequest) -> Any:
    """Every edition, the latest first."""
    return {"items": [EditionLine.of(edition) for edition in public_editions()]}


@router.get("/editions/{number}", response=answers(EditionWhole, 404))
def read_edition(request: HttpRequest, number: str) -> Any:
    """One edition by its number."""
    return EditionWhole.of_page(found(edition_page(number)))


@router.get("/calls", response=answers(Listed[CallLine]))
def list_calls(request: HttpRequest) -> Any:
    """Every call that was opened, the latest first."""
    return {"items": [CallLine.of(call) for call in public_calls()]}


@router.get("/calls/{key}", response=answers(CallWhole, 404))
def read_call(request: HttpRequest, key: str) -> Any:
    """One call with its form, its criteria and what its questions may be answered with."""
    return CallWhole.of_page(found(call_page(key)))


@router.get("/honours", response=answers(Page[HonourShape]))
def list_honours(
    request: HttpRequest, year: int | None = Query(None, ge=1, le=9999, description="Of editions in this year."),
    level: str = Query("", max_length=60), topic: str = Query("", max_length=60),
    country: str = Query("", max_length=2, description="Two letters: of an applicant."),
    after: str = After, limit: int = Limit,
) -> Any:  # fmt: skip
    """The honours that were conferred and stand, over all calls; the latest edition first."""
    rows = conferred_honours()
    asked = {"submission__call__edition__year": year, "level": level, "submission__topic__key": topic}
    rows = rows.filter(**{name: value for name, value in asked.items() if value})
    if country:
        rows = rows.filter(in_places([country.upper()]))
    keys = ["-submission__call__edition__year", "submission__call__key", "position", "pk"]
    return page_of(with_items(rows), keys, after=after, limit=limit, shape=HonourShape.of, salt="honours")


@router.get("/members", response=answers(Page[MemberLine]))
def list_members(
    request: HttpRequest, q: str = Query("", max_length=200, description="Words of a name, an acronym or a number."),
    category: str = Query("", max_length=60), continent: str = Query("", max_length=60, description="By key."),
    country: str = Query("", max_length=2, description="Two letters."),
    since: int = Query(0, ge=0, le=9999, description="The year of admission."),
    after: str = After, limit: int = Limit,
) -> Any:  # fmt: skip
    """Who is a member today, by name."""
    asked = {"category": category, "continent": continent, "country": country.upper(), "since": since}
    rows = members_asked(today(), q.split(), **asked)
    name = Coalesce("member__organisation__sort_key", "member__person__sort_key")
    rows = rows.annotate(name_key=name)
    keys = ["name_key", "member__ref__number"]
    return page_of(rows, keys, after=after, limit=limit, shape=MemberLine.of, salt="members")


@router.get("/members/{number}", response=answers(MemberWhole, 404))
def read_member(request: HttpRequest, number: str) -> Any:
    """One member with every category it has had, and what it chose to show. Whoever is no member today is not there."""
    return MemberWhole.of_page(found(member_page(number, today())))


@router.get("/places", response=answers(Listed[PlaceShape]))
def list_places(request: HttpRequest) -> Any:
    """Every country or region, in the organisation's wording and order."""
    continents = continents_of()
    return {"items": [_place(place, continents.get(place.pk)) for place in places_in_order()]}


@router.get("/places/{code}", response=answers(PlaceShape, 404))
def read_place(request: HttpRequest, code: str) -> Any:
    """One country or region by its two letters."""
    place = found(Place.objects.filter(alpha2=code.upper()).first())
    return _place(place, continents_of([place.pk]).get(place.pk))


def _place(place: Place, continent: Group | None) -> PlaceShape:
    return PlaceShape(
        code=place.alpha2, m49=place.m49, name=Words.of(place, "name"), continent=continent.key if continent else None
    )  # fmt: skip


@router.get("/topics", response=answers(Listed[TopicShape]))
def list_topics(request: HttpRequest) -> Any:
    """Every topic of the vocabulary, in its order."""
    return {"items": [TopicShape.of(topic) for topic in _topics()]}


@router.get("/topics/{key}", response=answers(TopicShape, 404))
def read_topic(request: HttpRequest, key: str) -> Any:
    """One topic by its key."""
    return TopicShape.of(found(_topics().filter(key=key).first()))


def _topics() -> Any:
    return Topic.objects.select_related("broader").prefetch_related("schemes")


def today() -> date:
    return timezone.now().date()
