"""Motions as they are found: at the desk all that were submitted, by a member those of her bodies, by anybody else
those that are published.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.motions.models import Motion
from secretariat.governance.motions.queries import visible_motions
from secretariat.record.search.sources import READERS, Entry, Only, Source, narrowed, register_source

WATCHED = {"motions.motion": "pk", "bodies.body": "body"}


def motions(on: date, only: Only) -> Iterable[Entry]:
    """Yield every motion that was submitted. One statement."""
    rows = narrowed(Motion.objects.filter(submitted_at__isnull=False), only).select_related("ref", "body")
    for row in rows.iterator():
        number = row.ref.number
        yield Entry(
            key=row.pk, title_en=row.title_en, title_zh=row.title_zh, about_en=f"{row.code} · {row.body.name_en}",
            about_zh=f"{row.code} · {row.body.name_zh}", words=f"{number} {row.code}",
            text="\n".join(f"{paragraph.en}\n{paragraph.zh}" for paragraph in row.text), year=row.year,
            my_path=reverse("my_motions:motion", args=[number]),
            desk_path=reverse("desk_motions:motion", args=[number]), rights=READERS,
            public_path=f"/motions/{number}/" if row.published_at else "", is_public=row.published_at is not None,
        )  # fmt: skip


def of_member(actor: Actor) -> QuerySet[Any]:
    """Return the keys of the motions an actor sees in her bodies."""
    return visible_motions(actor, timezone.localdate()).order_by().values("pk")


def register_sources() -> None:
    """Make motions findable."""
    register_source(Source("motion", _("Motions"), motions, Motion, WATCHED, of_member))
