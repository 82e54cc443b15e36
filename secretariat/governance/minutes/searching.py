"""Minutes and resolutions as they are found: at the desk all, by a member those she may read, published ones by all."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.meetings.models import AgendaItem
from secretariat.governance.minutes.models import Minutes, Paragraph, Resolution
from secretariat.governance.minutes.queries import own_minutes, own_resolutions
from secretariat.record.search.sources import READERS, Entry, Only, Source, narrowed, register_source

SILENT = frozenset({"minutes_read", "minutes_correction_proposed", "minutes_correction_refused"})


def minutes(on: date, only: Only) -> Iterable[Entry]:
    """Yield all minutes, with the words of items that the whole body sees and nobody is recused from.

    Words are found alike by all who read minutes, so what one of them may not read is found by nobody. Three statements
    for each five hundred.
    """
    rows = narrowed(Minutes.objects.select_related("ref", "meeting__ref", "meeting__body"), only)
    for row in rows.prefetch_related("paragraphs__item__recusals").iterator(chunk_size=500):
        number, meeting = row.ref.number, row.meeting
        said = [each for each in row.paragraphs.all() if each.item is None or _is_for_all(each.item)]
        yield Entry(
            key=row.pk, title_en=row.ref.title["en"], title_zh=row.ref.title["zh"],
            about_en=f"{number} · {meeting.body.name_en}", about_zh=f"{number} · {meeting.body.name_zh}",
            words=f"{number} {meeting.ref.number}", text="\n".join(each.text for each in said), year=meeting.day.year,
            my_path=reverse("my_minutes:one", args=[number]), desk_path=reverse("desk_minutes:one", args=[number]),
            rights=READERS,
        )  # fmt: skip


def _is_for_all(item: AgendaItem) -> bool:
    is_kept_from_somebody = any(recusal.lifted_at is None for recusal in item.recusals.all())
    return item.audience != "closed" and not is_kept_from_somebody


def resolutions(on: date, only: Only) -> Iterable[Entry]:
    """Yield every resolution. One statement."""
    rows = narrowed(Resolution.objects.all(), only).select_related("ref", "body")
    for row in rows.iterator():
        number, is_public = row.ref.number, row.published_at is not None
        yield Entry(
            key=row.pk, title_en=row.title_en, title_zh=row.title_zh, about_en=f"{row.code} · {row.body.name_en}",
            about_zh=f"{row.code} · {row.body.name_zh}", words=f"{number} {row.code}",
            text=f"{row.text_en}\n{row.text_zh}", year=row.year, rights=READERS, is_public=is_public,
            public_path=reverse("site:resolution", args=[number]) if is_public else "",
            my_path=reverse("my_minutes:resolution", args=[number]),
            desk_path=reverse("desk_minutes:resolution", args=[number]),
        )  # fmt: skip


def _of_paragraphs(rows: Collection[str]) -> Iterable[UUID]:
    return Paragraph.objects.filter(pk__in=rows).values_list("minutes", flat=True)


def minutes_of_member(actor: Actor) -> object:
    """Return the keys of the minutes that were circulated to an actor or her bodies."""
    return own_minutes(actor).order_by().values("pk")


def resolutions_of_member(actor: Actor) -> object:
    """Return the keys of the resolutions of an actor's bodies, and of those with an action of hers."""
    return own_resolutions(actor).order_by().values("pk")


def register_sources() -> None:
    """Make minutes and resolutions findable."""
    watched = {"minutes.minutes": "pk", "minutes.paragraph": _of_paragraphs, "bodies.body": "meeting__body"}
    label = pgettext_lazy("of a meeting", "Minutes")
    register_source(Source("minutes", label, minutes, Minutes, watched, minutes_of_member, SILENT))
    watched = {"minutes.resolution": "pk", "bodies.body": "body"}
    register_source(
        Source("resolution", _("Resolutions"), resolutions, Resolution, watched, resolutions_of_member)
    )
