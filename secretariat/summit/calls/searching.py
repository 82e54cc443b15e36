"""Submissions as they are found: by the desk once handed in, by whoever answers for them. No answer is part of it."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.record.search.sources import READERS, Entry, Only, Source, narrowed, register_source
from secretariat.summit.calls.models import Submission
from secretariat.summit.calls.queries import mine

WATCHED = {
    "calls.submission": "pk", "calls.call": "call", "organisations.organisation": "organisation",
    "editions.edition": "call__edition", "topics.topic": "topic",
}  # fmt: skip
# What is written into a draft is not found; and it is kept every few seconds.
SILENT = frozenset({"draft_saved", "file_attached", "file_detached", "approval_asked", "draft_approved"})


def submissions(on: date, only: Only) -> Iterable[Entry]:
    """Yield every submission; a draft is its writers' alone. One statement."""
    rows = narrowed(Submission.objects.defer("draft"), only).select_related(
        "ref", "call__edition__ref", "organisation__country", "topic"
    )
    for row in rows.iterator():
        number, by, is_draft = row.ref.number, row.organisation, row.state == "draft"
        parts = (number, by and by.name_in("en"), row.call.title_en)
        parts_zh = (number, by and by.name_in("zh"), row.call.title_zh)
        yield Entry(
            key=row.pk, title_en=row.title_en or row.title_zh or number, title_zh=row.title_zh,
            about_en=" · ".join(filter(None, parts)), about_zh=" · ".join(filter(None, parts_zh)), words=number,
            edition=row.call.edition.ref.number, year=row.call.edition.year, topic=row.topic.key if row.topic else "",
            place=by.country.alpha2 if by and by.country else "",
            my_path=reverse("my_calls:submission", args=[number]),
            desk_path="" if is_draft else reverse("desk_calls:submission", args=[number]),
            rights=() if is_draft else READERS,
        )  # fmt: skip


def of_applicant(actor: Actor) -> QuerySet[Submission]:
    """Return the keys of what an actor may open as hers."""
    return mine(actor).order_by().values("pk")


def register_sources() -> None:
    """Make submissions findable."""
    register_source(
        Source("submission", _("Submissions"), submissions, Submission, WATCHED, of_applicant, SILENT)
    )
