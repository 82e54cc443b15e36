"""Powers as they are found: by everybody where the body's composition is public, else at the desk."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from secretariat.governance.bodies.logic import PRIVATE
from secretariat.governance.powers.models import Delegation, Power
from secretariat.record.search.sources import READERS, Entry, Only, Source, narrowed, register_source


def powers(on: date, only: Only) -> Iterable[Entry]:
    """Yield every power, with the bodies to which it is delegated for all to see. Two statements for each five hundred.

    Everybody finds one that its body holds on the day; what is not published is not looked through.
    """
    rows = narrowed(Power.objects.select_related("body__ref"), only)
    for row in rows.prefetch_related("delegations__to").iterator(chunk_size=500):
        body, number = row.body, row.body.ref.number
        holds = row.starts_on <= on and (row.ends_on is None or row.ends_on >= on)
        public = holds and body.edition_id is None and not set(PRIVATE) & set(body.flags)
        given = [each for each in row.delegations.all() if each.is_public]
        yield Entry(
            key=row.pk, title_en=row.name_en, title_zh=row.name_zh, about_en=f"{body.name_en} · {row.rests_on}",
            about_zh=f"{body.name_zh} · {row.rests_on}", words=number, text="\n".join(map(_said, given)),
            year=row.starts_on.year, public_path=reverse("site:body", args=[body.key]) if public else "",
            is_public=public, desk_path=reverse("desk_bodies:body", args=[number]), rights=READERS,
        )  # fmt: skip


def _said(row: Delegation) -> str:
    return " ".join(filter(None, [row.to.name_en, row.to.name_zh, row.scope_en, row.scope_zh, row.rests_on]))


def _delegated(rows: Collection[str]) -> Iterable[UUID]:
    return Delegation.objects.filter(pk__in=rows).values_list("power", flat=True)


def register_sources() -> None:
    """Make powers findable."""
    watched = {"powers.power": "pk", "powers.delegation": _delegated, "bodies.body": "body"}
    register_source(Source("power", _("Powers"), powers, Power, watched))
