"""Bodies as the desk finds them, by their names and by what their seats are called."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from secretariat.governance.bodies.logic import PRIVATE
from secretariat.governance.bodies.models import Body, CallIn, Seat
from secretariat.record.search.sources import READERS, Entry, Only, Source, narrowed, register_source


def bodies(on: date, only: Only) -> Iterable[Entry]:
    """Yield every body, the lasting ones and those of an edition. Two statements for each five hundred."""
    rows = narrowed(Body.objects.select_related("ref", "edition__ref", "parent"), only)
    for row in rows.prefetch_related("seats").iterator(chunk_size=500):
        public = row.edition_id is None and not set(PRIVATE) & set(row.flags)
        number, edition, above = row.ref.number, row.edition, row.parent
        titles = {title for seat in row.seats.all() for title in (seat.title_en, seat.title_zh) if title}
        yield Entry(
            key=row.pk, title_en=row.name_en, title_zh=row.name_zh,
            about_en=" · ".join(filter(None, [number, above and above.name_en, edition and edition.title_en])),
            about_zh=" · ".join(filter(None, [number, above and above.name_zh, edition and edition.title_zh])),
            words=number, text=", ".join(sorted(titles)),
            edition=edition.ref.number if edition else "", year=edition.year if edition else None,
            public_path=reverse("site:body", args=[row.key]) if public else "", is_public=public,
            desk_path=reverse("desk_bodies:body", args=[number]), rights=READERS,
        )  # fmt: skip


def calls(on: date, only: Only) -> Iterable[Entry]:
    """Yield every call of an alternate that was not called off, for the desk: who acts for which seat. One statement.

    Why she was called in is not looked through.
    """
    rows = CallIn.objects.filter(is_void=False, term__person__erased_at=None).select_related(
        "term__person", "term__seat__body__ref", "occasion"
    )
    for row in narrowed(rows, only).iterator():
        body, person, occasion = row.term.seat.body, row.term.person, row.occasion
        number = occasion.number if occasion else ""
        days = (
            f"{row.starts_on:%Y-%m-%d} – {row.ends_on:%Y-%m-%d}"
            if row.ends_on
            else f"{row.starts_on:%Y-%m-%d} –"
        )
        yield Entry(
            key=row.pk, title_en=person.name_in("en"), title_zh=person.name_zh,
            about_en=" · ".join(filter(None, [body.name_en, row.term.seat.key, number, days])),
            about_zh=" · ".join(filter(None, [body.name_zh, row.term.seat.key, number, days])),
            words=" ".join(filter(None, [body.ref.number, number])), year=row.starts_on.year,
            desk_path=reverse("desk_bodies:body", args=[body.ref.number]), rights=READERS,
        )  # fmt: skip


def _seated(rows: Collection[str]) -> Iterable[UUID]:
    return Seat.objects.filter(pk__in=rows).values_list("body", flat=True)


def register_sources() -> None:
    """Make bodies findable."""
    watched = {"bodies.body": "pk", "bodies.seat": _seated, "editions.edition": "edition"}
    register_source(Source("body", _("Bodies"), bodies, Body, watched))
    watched = {
        "bodies.callin": "pk", "bodies.term": "term", "bodies.seat": "term__seat", "bodies.body": "term__seat__body",
        "people.person": "term__person",
    }  # fmt: skip
    register_source(Source("call_in", _("Alternates called in"), calls, CallIn, watched))
