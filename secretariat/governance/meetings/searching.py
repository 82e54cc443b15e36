"""Meetings as they are found, by their titles and those of the items that everybody may see."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.meetings.logic import is_seen, numbered
from secretariat.governance.meetings.models import AgendaItem, Meeting
from secretariat.governance.meetings.queries import bodies_belonged_to
from secretariat.record.search.sources import READERS, Entry, Only, Source, narrowed, register_source

SILENT = frozenset(
    {
        "person_arrived", "person_left", "floor_asked", "floor_given", "floor_paused", "floor_resumed", "floor_ended",
        "floor_limited", "floor_withdrawn", "speakers_closed", "speakers_opened", "chair_passed", "person_recused",
        "recusal_lifted", "deputy_chosen", "proxy_offered", "proxy_accepted", "proxy_declined", "proxy_revoked",
        "item_put_to_vote", "paper_handed_in",
    }
)  # fmt: skip


def meetings(on: date, only: Only) -> Iterable[Entry]:
    """Yield every meeting with the items that whoever finds it may see. Two statements for each five hundred."""
    rows = narrowed(Meeting.objects.select_related("ref", "body"), only)
    for row in rows.prefetch_related("items").iterator(chunk_size=500):
        number, public = row.ref.number, row.audience == "public" and row.state != "planned"
        seen_by = "public" if public else "body"
        items = [
            line.item for line in numbered(list(row.items.all()), row.audience) if is_seen(line.audience, seen_by)
        ]  # fmt: skip
        yield Entry(
            key=row.pk, title_en=row.title_en, title_zh=row.title_zh,
            about_en=f"{number} · {row.body.name_en}", about_zh=f"{number} · {row.body.name_zh}", words=number,
            text=" · ".join(f"{item.title_en} {item.title_zh}" for item in items), year=row.day.year,
            public_path=reverse("site:meeting", args=[number]) if public else "",
            my_path=reverse("my_meetings:meeting", args=[number]),
            desk_path=reverse("desk_meetings:meeting", args=[number]), is_public=public, rights=READERS,
        )  # fmt: skip


def _of_items(rows: Collection[str]) -> Iterable[UUID]:
    return AgendaItem.objects.filter(pk__in=rows).values_list("meeting", flat=True)


def mine(actor: Actor) -> object:
    """Return the meetings of an actor's own bodies that were called."""
    return Meeting.objects.filter(body__in=bodies_belonged_to(actor)).exclude(state="planned").values("pk")


def register_sources() -> None:
    """Make meetings findable."""
    watched = {"meetings.meeting": "pk", "meetings.agendaitem": _of_items, "bodies.body": "body"}
    register_source(Source("meeting", _("Meetings"), meetings, Meeting, watched, mine=mine, silent=SILENT))
