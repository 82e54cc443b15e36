"""The registry as the desk finds it: organisations and people. What is public of them, they are public as."""

from collections.abc import Iterable
from datetime import date

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from secretariat.foundation.accounts.queries import in_force
from secretariat.record.search.sources import Entry
from secretariat.registry.organisations.queries import live_organisations
from secretariat.registry.people.models import Affiliation
from secretariat.registry.people.queries import live_people

READERS = ("desk.read", "desk.run")


def organisations(on: date) -> Iterable[Entry]:
    """Yield every organisation that stands for itself. One statement."""
    for row in live_organisations().select_related("ref", "country").iterator():
        yield Entry(
            key=str(row.pk), title_en=row.name_in("en"), title_zh=row.name_in("zh"),
            about_en=_line(row.ref.number, row.country and row.country.name_en),
            about_zh=_line(row.ref.number, row.country and row.country.name_zh),
            words=" ".join([row.ref.number, row.acronym, row.ror, row.sort_key, *row.names.values()]),
            desk_path=reverse("desk_organisations:organisation", args=[row.ref.number]), rights=READERS,
        )  # fmt: skip


def people(on: date) -> Iterable[Entry]:
    """Yield everybody who stands for herself, with where she works. One statement."""
    held = Affiliation.objects.filter(in_force(on), person=OuterRef("pk")).order_by("-starts_on", "pk")
    rows = live_people().select_related("ref").annotate(
        place_en=Subquery(held.values("organisation__name_en")[:1]),
        place_zh=Subquery(held.values("organisation__name_zh")[:1]),
    )  # fmt: skip
    for row in rows.iterator():
        yield Entry(
            key=str(row.pk), title_en=row.name_in("en"), title_zh=row.name_in("zh"),
            about_en=_line(row.ref.number, row.place_en or row.place_zh),
            about_zh=_line(row.ref.number, row.place_zh or row.place_en),
            words=" ".join([row.ref.number, row.orcid, row.sort_key, *map(str, row.names.values())]),
            desk_path=reverse("desk_people:person", args=[row.ref.number]), rights=READERS,
        )  # fmt: skip


def _line(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)
