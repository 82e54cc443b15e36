"""The registry as the desk finds it: organisations and people. What is public of them, they are public as."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.accounts.queries import in_force
from secretariat.record.search.sources import READERS, Entry, Only, Source, narrowed, register_source
from secretariat.registry.organisations.models import Organisation
from secretariat.registry.organisations.queries import live_organisations
from secretariat.registry.people.models import Affiliation, Person
from secretariat.registry.people.queries import live_people


def organisations(on: date, only: Only) -> Iterable[Entry]:
    """Yield every organisation that stands for itself. One statement."""
    for row in narrowed(live_organisations(), only).select_related("ref", "country").iterator():
        yield Entry(
            key=row.pk, title_en=row.name_in("en"), title_zh=row.name_in("zh"),
            about_en=line(row.ref.number, row.country and row.country.name_en),
            about_zh=line(row.ref.number, row.country and row.country.name_zh),
            words=" ".join([row.ref.number, row.acronym, row.ror, row.sort_key, *row.names.values()]),
            place=row.country.alpha2 if row.country else "",
            desk_path=reverse("desk_organisations:organisation", args=[row.ref.number]), rights=READERS,
        )  # fmt: skip


def people(on: date, only: Only) -> Iterable[Entry]:
    """Yield everybody who stands for herself, with where she works. One statement."""
    held = Affiliation.objects.filter(in_force(on), person=OuterRef("pk")).order_by("-starts_on", "pk")
    rows = narrowed(live_people(), only).select_related("ref", "country").annotate(
        place_en=Subquery(held.values("organisation__name_en")[:1]),
        place_zh=Subquery(held.values("organisation__name_zh")[:1]),
    )  # fmt: skip
    for row in rows.iterator():
        yield Entry(
            key=row.pk, title_en=row.name_in("en"), title_zh=row.name_in("zh"),
            about_en=line(row.ref.number, row.place_en or row.place_zh),
            about_zh=line(row.ref.number, row.place_zh or row.place_en),
            words=" ".join([row.ref.number, row.orcid, row.sort_key, *map(str, row.names.values())]),
            place=row.country.alpha2 if row.country else "",
            desk_path=reverse("desk_people:person", args=[row.ref.number]), rights=READERS,
        )  # fmt: skip


def line(*parts: str | None) -> str:
    """Return what is there of some parts, in one line."""
    return " · ".join(part for part in parts if part)


def _affiliated(rows: Collection[str]) -> Iterable[UUID]:
    return Affiliation.objects.filter(pk__in=rows).values_list("person", flat=True)


def _working_at(rows: Collection[str]) -> Iterable[UUID]:
    return Affiliation.objects.filter(organisation__in=rows).values_list("person", flat=True)


def register_sources() -> None:
    """Make the registry findable."""
    watched = {"organisations.organisation": "pk", "places.place": "country"}
    register_source(Source("organisation", _("Organisations"), organisations, Organisation, watched))
    people_watch = {
        "people.person": "pk", "people.affiliation": _affiliated, "organisations.organisation": _working_at,
        "places.place": "country",
    }  # fmt: skip
    register_source(Source("person", _("People"), people, Person, people_watch))
