"""Bodies as the desk finds them, by their names and by what their seats are called."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from secretariat.governance.bodies.logic import PRIVATE
from secretariat.governance.bodies.models import Body, Seat
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


def _seated(rows: Collection[str]) -> Iterable[UUID]:
    return Seat.objects.filter(pk__in=rows).values_list("body", flat=True)


def register_sources() -> None:
    """Make bodies findable."""
    watched = {"bodies.body": "pk", "bodies.seat": _seated, "editions.edition": "edition"}
    register_source(Source("body", _("Bodies"), bodies, Body, watched))
