"""What everybody may find: the public pages, by the very questions that make them, so that neither says more."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from secretariat.doors.site.books import public_books
from secretariat.doors.site.directory import members_by_name
from secretariat.doors.site.editions import public_editions
from secretariat.doors.site.listing import Item, named_items
from secretariat.doors.site.places import place_path
from secretariat.doors.site.selections import public_calls, selections_of
from secretariat.governance.membership.directory import shown_of
from secretariat.governance.membership.models import DirectoryEntry, Member, Membership
from secretariat.governance.membership.queries import count_by_place
from secretariat.record.publications.models import Publication
from secretariat.record.search.sources import Entry, Only, Source, narrowed, register_source
from secretariat.registry.editions.models import Edition
from secretariat.registry.places.models import Place
from secretariat.registry.topics.models import Topic
from secretariat.summit.calls.models import Call, Submission

# What an item is named by, and what decides whether it is: then all selections are asked again.
DECIDED = dict.fromkeys(("calls.call", "review.stagelist", "review.decision", "honours.release"))
ENTRIES = {
    **DECIDED, "honours.honour": None, "calls.submission": "pk", "organisations.organisation": "organisation",
    "topics.topic": "topic",
}  # fmt: skip


def members(on: date, only: Only) -> Iterable[Entry]:
    """Yield who is a member on a day, by what it shows. Three statements."""
    rows = members_by_name(on)
    rows = list(rows if only is None else rows.filter(member__in=only))
    told = shown_of([row.member_id for row in rows], on)
    for row in rows:
        shown = told[row.member_id]
        holder, number = row.member.organisation or row.member.person, row.member.ref.number
        country = holder.country
        yield Entry(
            key=row.member_id, title_en=holder.name_in("en"), title_zh=holder.name_in("zh"),
            about_en=_line(row.category.name_en, country and country.name_en),
            about_zh=_line(row.category.name_zh, country and country.name_zh),
            words=" ".join(
                [
                    number, getattr(holder, "acronym", ""), holder.sort_key, *map(str, holder.names.values()),
                    shown.description_en, shown.description_zh,
                ]
            ),
            place=country.alpha2 if country else "", public_path=reverse("site:member", args=[number]),
            desk_path=reverse("desk_membership:member", args=[number]), is_public=True,
        )  # fmt: skip


def calls(on: date, only: Only) -> Iterable[Entry]:
    """Yield the calls that were opened. One statement."""
    for call in public_calls():
        if only is None or call.pk in only:
            yield Entry(
                key=call.pk, title_en=call.title_en, title_zh=call.title_zh,
                about_en=call.edition.title_en, about_zh=call.edition.title_zh, words=call.ref.number,
                edition=call.edition.ref.number, year=call.edition.year,
                public_path=reverse("site:call", args=[call.key]), my_path=reverse("my_calls:call", args=[call.key]),
                desk_path=reverse("desk_calls:call", args=[call.key]), is_public=True,
            )  # fmt: skip


def entries(on: date, only: Only) -> Iterable[Entry]:
    """Yield the items that may be named, with their honours. Statements depend on the number of calls."""
    calls = public_calls()
    if only is not None:
        # While a call is open nothing of it is named, however much is written.
        rows = (
            Submission.objects.filter(pk__in=only).exclude(call__state="open").values_list("call", flat=True)
        )
        concerned = set(rows)
        calls = [call for call in calls if call.pk in concerned]
    for selection in selections_of(calls) if calls else ():
        for item in named_items(selection):
            if item.submission is not None and (only is None or item.submission.pk in only):
                yield _entry(selection.call, item)


def _entry(call: Call, item: Item) -> Entry:
    made, level = item.submission, item.level if item.is_standing else None
    by, topic = made.organisation, made.topic
    return Entry(
        key=made.pk, title_en=made.title_en, title_zh=made.title_zh,
        about_en=_line(level and level.label_en, by and by.name_in("en"), topic and topic.name_en, call.title_en),
        about_zh=_line(level and level.label_zh, by and by.name_in("zh"), topic and topic.name_zh, call.title_zh),
        words=item.ref, edition=call.edition.ref.number, year=call.edition.year, topic=topic.key if topic else "",
        place=by.country.alpha2 if by and by.country else "",
        public_path=reverse("site:entry", args=[call.key, item.ref]), is_public=True,
    )  # fmt: skip


def selections(on: date, only: Only) -> Iterable[Entry]:
    """Yield how each call was decided: the page with its cuts, its digests and the files to check it by."""
    for selection in selections_of(public_calls()):
        call = selection.call
        if any(step.is_public for step in selection.steps):
            (title_en, about_en), (title_zh, about_zh) = (
                _told(call, language) for language in ("en", "zh-hans")
            )
            yield Entry(
                key=call.pk, title_en=title_en, title_zh=title_zh, about_en=about_en, about_zh=about_zh,
                words=call.ref.number, edition=call.edition.ref.number, year=call.edition.year,
                public_path=reverse("site:selection", args=[call.key]), is_public=True,
            )  # fmt: skip


def _told(call: Call, language: str) -> tuple[str, str]:
    with translation.override(language):
        named = {"call": call.title_zh if language.startswith("zh") else call.title_en}
        return gettext("How these were chosen: %(call)s") % named, gettext(
            "Every cut, and the bundle to check it"
        )


def publications(on: date, only: Only) -> Iterable[Entry]:
    """Yield the books that are set. One statement."""
    for book in public_books():
        if only is None or book.pk in only:
            yield Entry(
                key=book.pk, title_en=book.title_en, title_zh=book.title_zh, about_en=book.subtitle_en,
                about_zh=book.subtitle_zh, words=book.ref.number, year=book.set_at.year,
                public_path=reverse("site:book", args=[book.key]), is_public=True,
            )  # fmt: skip


def editions(on: date, only: Only) -> Iterable[Entry]:
    """Yield every edition. One statement."""
    for row in public_editions():
        if only is None or row.pk in only:
            yield Entry(
                key=row.pk, title_en=row.title_en, title_zh=row.title_zh,
                about_en=_line(row.series.name_en, str(row.year)), about_zh=_line(row.series.name_zh, str(row.year)),
                words=row.ref.number, edition=row.ref.number, year=row.year,
                public_path=reverse("site:edition", args=[row.ref.number]),
                desk_path=reverse("desk_editions:edition", args=[row.ref.number]), is_public=True,
            )  # fmt: skip


def places(on: date, only: Only) -> Iterable[Entry]:
    """Yield the countries and regions that have members. Two statements."""
    counts = count_by_place(on)
    for row in Place.objects.filter(alpha2__in=list(filter(None, counts))):
        yield Entry(
            key=row.pk, title_en=row.name_en, title_zh=row.name_zh,
            words=" ".join([row.alpha2, row.alpha3, *map(str, row.names.values())]),
            place=row.alpha2, public_path=place_path(row.alpha2), is_public=True,
        )  # fmt: skip


def topics(on: date, only: Only) -> Iterable[Entry]:
    """Yield every topic. One statement."""
    for row in narrowed(Topic.objects.all(), only).select_related("broader"):
        above = row.broader
        yield Entry(
            key=row.pk, title_en=row.name_en, title_zh=row.name_zh,
            about_en=above.name_en if above else "", about_zh=above.name_zh if above else "",
            words=" ".join(map(str, row.names.values())), topic=row.key,
            public_path=reverse("site:topic", args=[row.key]), is_public=True,
        )  # fmt: skip


def _line(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)


def _memberships(rows: Collection[str]) -> Iterable[UUID]:
    return Membership.objects.filter(pk__in=rows).values_list("member", flat=True)


def _entries(rows: Collection[str]) -> Iterable[UUID]:
    return DirectoryEntry.objects.filter(pk__in=rows).values_list("member", flat=True)


def _held_by(rows: Collection[str]) -> Iterable[UUID]:
    return Member.objects.filter(Q(organisation__in=rows) | Q(person__in=rows)).values_list("pk", flat=True)


MEMBERS = {
    "membership.member": "pk", "membership.membership": _memberships, "membership.directoryentry": _entries,
    "organisations.organisation": _held_by,
    "people.person": _held_by, "membership.category": None, "places.place": None,
}  # fmt: skip


def register_sources() -> None:
    """Make every kind of public page findable."""
    places_watch = dict.fromkeys(("membership.membership", "places.place"))
    for source in (
        Source("call", _("Calls"), calls, Call, {"calls.call": "pk", "editions.edition": "edition"}),
        Source("entry", _("Entries and honours"), entries, Submission, ENTRIES),
        Source("selection", _("Selections to check"), selections, None, DECIDED),
        Source(
            "publication", _("Publications"), publications, Publication, {"publications.publication": "pk"}
        ),
        Source("member", _("Members"), members, Member, MEMBERS),
        Source(
            "edition",
            _("Editions"),
            editions,
            Edition,
            {"editions.edition": "pk", "editions.series": "series"},
        ),
        Source("topic", _("Topics"), topics, Topic, {"topics.topic": None}),
        Source("place", _("Countries and regions"), places, None, places_watch),
    ):
        register_source(source)
