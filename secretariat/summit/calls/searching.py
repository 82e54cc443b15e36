"""Submissions as they are found: by the desk once handed in, by whoever answers for them. No answer is part of it."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from secretariat.record.search.sources import Entry
from secretariat.summit.calls.models import Submission

READERS = ("desk.read", "desk.run")


def submissions(on: date) -> Iterable[Entry]:
    """Yield every submission; a draft is its writers' alone. One statement."""
    rows = Submission.objects.select_related("ref", "call", "organisation").defer("draft")
    for row in rows.iterator():
        number, by, is_draft = row.ref.number, row.organisation, row.state == "draft"
        parts = (number, by and by.name_in("en"), row.call.title_en)
        parts_zh = (number, by and by.name_in("zh"), row.call.title_zh)
        yield Entry(
            key=str(row.pk), title_en=row.title_en or row.title_zh or number, title_zh=row.title_zh,
            about_en=" · ".join(filter(None, parts)), about_zh=" · ".join(filter(None, parts_zh)), words=number,
            my_path=reverse("my_calls:submission", args=[number]), people=(row.person_id,),
            organisations=(row.organisation_id,) if row.organisation_id else (),
            desk_path="" if is_draft else reverse("desk_calls:submission", args=[number]),
            rights=() if is_draft else READERS,
        )  # fmt: skip
