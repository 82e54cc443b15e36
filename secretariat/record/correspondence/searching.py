"""Letters as the desk finds them, out and in, by what they say and to or from whom."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from secretariat.record.correspondence.models import Incoming, Letter, Recipient, Wording
from secretariat.record.search.sources import READERS, Entry, Only, Source, narrowed, register_source

NAMED = 5  # recipients in the line of a letter; it is found by each of them


def letters(on: date, only: Only) -> Iterable[Entry]:
    """Yield every letter that goes out. Two statements for each five hundred."""
    rows = narrowed(Letter.objects.select_related("ref", "wording", "answers__ref"), only)
    for row in rows.prefetch_related("recipients").iterator(chunk_size=500):
        if not hasattr(row, "wording"):
            continue
        names = [recipient.name for recipient in row.recipients.all()]
        about = " · ".join(filter(None, [row.ref.number, ", ".join(names[:NAMED])]))
        yield Entry(
            key=row.pk, title_en=row.wording.subject, title_zh="", about_en=about, about_zh=about,
            words=" ".join([row.ref.number, *([row.answers.ref.number] if row.answers else []), *names]),
            text=row.wording.text, year=_year(row.sent_at or row.signed_at or row.created_at),
            desk_path=reverse("desk_correspondence:letter", args=[row.ref.number]), rights=READERS,
        )  # fmt: skip


def incoming(on: date, only: Only) -> Iterable[Entry]:
    """Yield every letter that came in. One statement."""
    for row in narrowed(Incoming.objects.select_related("ref"), only).iterator():
        about = f"{row.ref.number} · {row.sender}"
        yield Entry(
            key=row.pk, title_en=row.subject, title_zh="", about_en=about, about_zh=about,
            words=" ".join(filter(None, [row.ref.number, row.their_reference, row.sender])), text=row.summary,
            year=row.received_on.year,
            desk_path=reverse("desk_correspondence:incoming", args=[row.ref.number]), rights=READERS,
        )  # fmt: skip


def _year(at: object) -> int | None:
    return getattr(at, "year", None)


def _worded(rows: Collection[str]) -> Iterable[UUID]:
    return Wording.objects.filter(pk__in=rows).values_list("letter", flat=True)


def _addressed(rows: Collection[str]) -> Iterable[UUID]:
    return Recipient.objects.filter(pk__in=rows).values_list("letter", flat=True)


def register_sources() -> None:
    """Make letters findable."""
    watched = {
        "correspondence.letter": "pk", "correspondence.wording": _worded, "correspondence.recipient": _addressed
    }  # fmt: skip
    register_source(Source("letter", _("Letters"), letters, Letter, watched))
    register_source(
        Source("incoming", _("Incoming letters"), incoming, Incoming, {"correspondence.incoming": "pk"})
    )
