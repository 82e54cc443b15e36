"""What is told about minutes: to whoever was at the meeting, and to whoever proposed a correction."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from secretariat.foundation.notices.kinds import Group, Kind, register_group, register_kind

SAMPLE = {
    "number": "MIN-2027-004", "meeting": {"en": "Third session of the Council", "zh": "理事会第三次会议"},
}  # fmt: skip

register_group(
    Group(
        "minutes", pgettext_lazy("of a meeting", "Minutes"),
        _("Minutes of the meetings you were at, and your corrections."), 25,
    )
)  # fmt: skip
register_kind(
    Kind(
        "minutes_circulated", "minutes", _("The minutes are there to be read: %(meeting)s"),
        _("Whatever is wrong in them can be corrected until they are adopted."), sample=SAMPLE,
    )
)  # fmt: skip
register_kind(
    Kind(
        "minutes_correction_answered", "minutes", _("Your correction was answered: %(meeting)s"),
        _("It is %(outcome)s. %(answer)s"),
        sample={**SAMPLE, "outcome": {"en": "taken", "zh": "采纳"}, "answer": ""},
    )
)  # fmt: skip
register_kind(
    Kind(
        "minutes_adopted", "minutes", _("The minutes are adopted: %(meeting)s"),
        _("They stand as they were adopted, under the digest that is in the log."), sample=SAMPLE,
    )
)  # fmt: skip
