"""Requests for advice as they are found: by the desk all, by a member those of her bodies, by everybody what is out."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.advice.models import AdviceRequest
from secretariat.governance.advice.queries import visible_requests
from secretariat.record.search.sources import READERS, Entry, Only, Source, narrowed, register_source

WATCHED = {"advice.advicerequest": "pk", "bodies.body": "committee"}


def requests(on: date, only: Only) -> Iterable[Entry]:
    """Yield every request with its opinion. One statement."""
    for row in narrowed(AdviceRequest.objects.all(), only).select_related("ref", "committee").iterator():
        number, is_out = row.ref.number, row.published_at is not None
        yield Entry(
            key=row.pk, title_en=row.question_en, title_zh=row.question_zh,
            about_en=f"{number} · {row.committee.name_en}", about_zh=f"{number} · {row.committee.name_zh}",
            words=number, text="\n".join(filter(None, [row.opinion_en, row.opinion_zh])), year=row.asked_at.year,
            my_path=reverse("my_advice:request", args=[number]),
            desk_path=reverse("desk_advice:request", args=[number]), rights=READERS,
            public_path=f"/opinions/{number}/" if is_out else "", is_public=is_out,
        )  # fmt: skip


def of_member(actor: Actor) -> QuerySet[Any]:
    """Return the keys of the requests an actor sees."""
    return visible_requests(actor).order_by().values("pk")


def register_sources() -> None:
    """Make requests for advice and opinions findable."""
    register_source(Source("advice", _("Advice"), requests, AdviceRequest, WATCHED, of_member))
