"""What everybody may find: the public pages, by the very questions that make them, so that neither says more."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from secretariat.doors.site.directory import members_by_name
from secretariat.doors.site.editions import public_editions
from secretariat.doors.site.listing import Item, named_items
from secretariat.doors.site.places import place_path
from secretariat.doors.site.selections import public_calls, selections_of
from secretariat.governance.membership.queries import count_by_place
from secretariat.record.search.sources import Entry, Source, register_source
from secretariat.registry.places.models import Place
from secretariat.registry.topics.models import Topic
from secretariat.summit.calls.models import Call

SELECTION = frozenset({"calls", "review", "honours", "organisations", "identity", "topics", "places"})
MEMBERS = frozenset({"membership", "organisations", "people", "identity", "places"})


def members(on: date) -> Iterable[Entry]:
    """Yield who is a member on a day. One statement."""
    for row in members_by_name(on):
        holder, number = row.member.organisation or row.member.person, row.member.ref.number
        country = holder.country
        yield Entry(
            key=str(row.member_id), title_en=holder.name_in("en"), title_zh=holder.name_in("zh"),
            about_en=_line(row.category.name_en, country and country.name_en),
            about_zh=_line(row.category.name_zh, country and country.name_zh),
            words=" ".join([number, getattr(holder, "acronym", ""), holder.sort_key, *map(str, holder.names.values())]),
            public_path=reverse("site:member", args=[number]),
            desk_path=reverse("desk_membership:member", args=[number]), is_public=True,
        )  # fmt: skip


def calls(on: date) -> Iterable[Entry]:
    """Yield the calls that were opened. One statement."""
    for call in public_calls():
        yield Entry(
            key=str(call.pk), title_en=call.title_en, title_zh=call.title_zh,
            about_en=call.edition.title_en, about_zh=call.edition.title_zh,
            words=call.ref.number, public_path=reverse("site:call", args=[call.key]),
            my_path=reverse("my_calls:call", args=[call.key]),
            desk_path=reverse("desk_calls:call", args=[call.key]), is_public=True,
        )  # fmt: skip


def entries(on: date) -> Iterable[Entry]:
    """Yield the items that may be named, with their honours. Statements depend on the number of calls."""
    for selection in selections_of(public_calls()):
        for item in named_items(selection):
            if item.submission is not None:
                yield _entry(selection.call, item)


def _entry(call: Call, item: Item) -> Entry:
    made, level = item.submission, item.level if item.is_standing else None
    by, topic = made.organisation, made.topic
    return Entry(
        key=str(made.pk), title_en=made.title_en, title_zh=made.title_zh,
        about_en=_line(level and level.label_en, by and by.name_in("en"), topic and topic.name_en, call.title_en),
        about_zh=_line(level and level.label_zh, by and by.name_in("zh"), topic and topic.name_zh, call.title_zh),
        words=item.ref, public_path=reverse("site:entry", args=[call.key, item.ref]), is_public=True,
    )  # fmt: skip


def editions(on: date) -> Iterable[Entry]:
    """Yield every edition. One statement."""
    for row in public_editions():
        yield Entry(
            key=str(row.pk), title_en=row.title_en, title_zh=row.title_zh,
            about_en=_line(row.series.name_en, str(row.year)), about_zh=_line(row.series.name_zh, str(row.year)),
            words=row.ref.number, public_path=reverse("site:edition", args=[row.ref.number]),
            desk_path=reverse("desk_editions:edition", args=[row.ref.number]), is_public=True,
        )  # fmt: skip


def places(on: date) -> Iterable[Entry]:
    """Yield the countries and regions that have members. Two statements."""
    counts = count_by_place(on)
    for row in Place.objects.filter(alpha2__in=list(filter(None, counts))):
        yield Entry(
            key=str(row.pk), title_en=row.name_en, title_zh=row.name_zh,
            words=" ".join([row.alpha2, row.alpha3, *map(str, row.names.values())]),
            public_path=place_path(row.alpha2), is_public=True,
        )  # fmt: skip


def topics(on: date) -> Iterable[Entry]:
    """Yield every topic. One statement."""
    for row in Topic.objects.select_related("broader"):
        above = row.broader
        yield Entry(
            key=str(row.pk), title_en=row.name_en, title_zh=row.name_zh,
            about_en=above.name_en if above else "", about_zh=above.name_zh if above else "",
            words=" ".join(map(str, row.names.values())),
            public_path=reverse("site:topic", args=[row.key]), is_public=True,
        )  # fmt: skip


def _line(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)


def register_sources() -> None:
    """Make every kind of public page findable."""
    for source in (
        Source("call", _("Calls"), calls, frozenset({"calls", "editions"})),
        Source("entry", _("Entries and honours"), entries, SELECTION),
        Source("member", _("Members"), members, MEMBERS),
        Source("edition", _("Editions"), editions, frozenset({"editions"})),
        Source("topic", _("Topics"), topics, frozenset({"topics"})),
        Source("place", _("Countries and regions"), places, MEMBERS),
    ):
        register_source(source)
