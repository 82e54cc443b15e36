from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.ui.tables import ChoiceFilter, Column, Table, TextFilter
from secretariat.foundation.ui.templatetags.ui import moment
from secretariat.governance.meetings.models import Meeting
from secretariat.governance.meetings.states import How, MeetingState


def path_of(meeting: Meeting) -> str:
    return reverse("desk_meetings:meeting", args=[meeting.ref.number])


def title_order() -> str:
    return "title_zh" if (get_language() or "en").startswith("zh") else "title_en"


def when_of(meeting: Meeting) -> str:
    return moment(meeting.starts_at, meeting.zone)


class MeetingsTable(Table):
    key = "meetings.meetings"
    label = _("Meetings")
    columns = [
        Column("number", _("Number"), of="ref.number", order="ref__number", path=path_of),
        Column("title", _("Title"), of=str, order=title_order, path=path_of, heading=True),
        Column("body", _("Body"), order="body__position"),
        Column("starts", _("Begins"), of="starts_at", order="starts_at", show=when_of),
        Column("how", _("How"), of="how", order="how"),
        Column("place", _("Place"), of="place", order="place", hidden=True),
        Column(
            "state", _("State"), of="state", order="state",
            tone=lambda meeting: "urgent" if meeting.state == "open" else "",
        ),
    ]  # fmt: skip
    filters = [
        TextFilter("q", _("Search meetings"), fields=("title_en", "title_zh", "ref__number", "place"),
                   hint=_("Title, number or place")),
        ChoiceFilter("state", _("State"), choices=MeetingState.choices),
        ChoiceFilter("how", _("How"), choices=How.choices),
    ]  # fmt: skip
    order = "-starts"
    empty_title = _("No meeting has been planned yet.")
    empty_text = _("A meeting is planned first, with its agenda; convening it calls the body together.")
