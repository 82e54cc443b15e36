"""What a reviewer reads, as she finds it: hers alone, while she may read it. Of a review there is nothing in it."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.record.search.sources import Entry, Only, Source, narrowed, register_source
from secretariat.summit.review.models import Assignment
from secretariat.summit.review.queries.reading import given_readings

WATCHED = {
    "review.assignment": "pk", "calls.submission": "submission", "calls.call": "stage__call",
    "editions.edition": "stage__call__edition", "topics.topic": "submission__topic",
}  # fmt: skip


def readings(on: date, only: Only) -> Iterable[Entry]:
    """Yield what was given to somebody to read. One statement."""
    rows = narrowed(
        Assignment.objects.exclude(state__in=["withdrawn", "recused", "declined"]), only
    ).select_related("submission__ref", "submission__topic", "stage__call__edition__ref")
    for row in rows.defer("submission__draft").iterator():
        item, call = row.submission, row.stage.call
        yield Entry(
            key=row.pk, title_en=item.title_en or item.title_zh or item.ref.number, title_zh=item.title_zh,
            about_en=" · ".join((item.ref.number, call.title_en, row.stage.label_en)),
            about_zh=" · ".join((item.ref.number, call.title_zh, row.stage.label_zh)),
            words=item.ref.number, edition=call.edition.ref.number, year=call.edition.year,
            topic=item.topic.key if item.topic else "",
            my_path=reverse("my_review:read", args=[call.key, row.stage.key, item.ref.number]),
        )  # fmt: skip


def of_reviewer(actor: Actor) -> QuerySet[Assignment]:
    """Return the keys of what an actor may open to read: given to her, signed for, and no relation bars her."""
    return given_readings(actor).order_by().values("pk")


def register_sources() -> None:
    """Make what is read findable by its readers."""
    register_source(Source("reading", _("Items to review"), readings, Assignment, WATCHED, of_reviewer))
