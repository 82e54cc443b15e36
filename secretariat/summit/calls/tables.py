from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.ui.tables import (
    ChoiceFilter,
    Column,
    DateFilter,
    MultiChoiceFilter,
    Table,
    TextFilter,
)
from secretariat.foundation.ui.templatetags.ui import text
from secretariat.record.mailings.audiences import write_to_them
from secretariat.summit.calls.choices import Choices, Pairs
from secretariat.summit.calls.models import Call, Submission
from secretariat.summit.calls.queries import field_specs
from secretariat.summit.calls.states import SubmissionState

TONES = {"eligible": "done", "ineligible": "urgent", "withdrawn": "quiet"}


def _path(row: Submission) -> str:
    return reverse("desk_calls:submission", args=[row.ref.number])


def _applicant(row: Submission) -> object:
    return row.organisation or row.person


def topics_of(call: Call) -> Pairs:
    """Return the fields of a call to choose from. Few statements."""
    asked = [spec for spec in field_specs(call) if spec.key == "topic"]
    return Choices(asked).options.get("topic", ())


class SubmissionsTable(Table):
    """What was handed in to a call, as the desk reads it."""

    key = "calls.submissions"
    label = _("Submissions")
    order = "number"
    columns = (
        Column("number", _("Number"), of="ref.number", order="ref__number", path=_path, heading=True),
        Column("title", _("Title"), of=lambda row: text(row, "title"), order=("title_en", "title_zh"), path=_path),
        Column("organisation", _("Applicant"), of=_applicant, order="organisation__sort_key"),
        Column("country", _("Country or region"), of="organisation.country", order="organisation__country__sort_en"),
        Column("topic", _("Field"), of="topic", order="topic__position"),
        Column("state", _("State"), of="state", order="state", tone=lambda row: TONES.get(row.state, "")),
        Column("their_key", _("Key in the sheet"), order="their_key", hidden=True),
        Column("version", _("Version"), of="version", order="version", align="end"),
        Column("submitted_at", _("Handed in"), of="submitted_at", order="submitted_at"),
        Column("person", _("Person in charge"), of="person", order="person__sort_key", hidden=True),
    )  # fmt: skip
    filters = (
        TextFilter(
            "q",
            _("Search"),
            fields=("title_en", "title_zh", "ref__number", "organisation__name_en", "organisation__name_zh"),
        ),
        MultiChoiceFilter(
            "state", _("State"), choices=[c for c in SubmissionState.choices if c[0] != "draft"]
        ),
        DateFilter("submitted_at", _("Handed in"), moments=True),
    )
    empty_title = _("Nothing has been handed in yet.")

    def __init__(self, rows: QuerySet[Submission], topics: Pairs, call: Call | None = None) -> None:
        acts = [write_to_them("submissions", f"call={call.key}")] if call else []
        super().__init__(rows.select_related("ref", "organisation__country", "topic", "person"), acts)
        if topics:
            by_topic = ChoiceFilter("topic", _("Field"), path="topic__key", choices=topics)
            self.filters = (*self.filters, by_topic)
