"""What is told of requests for advice."""

from django.utils.translation import gettext_lazy as _

from secretariat.foundation.notices.kinds import Group, Kind, register_group, register_kind

SAMPLE = {
    "number": "ADV-2027-001", "due": "2027-03-31",
    "question": {"en": "How should small members be heard?", "zh": "应如何听取小型会员的意见？"},
    "committee": {"en": "Advisory Committee", "zh": "咨询委员会"},
}  # fmt: skip
PATH = "/my/advice/%(number)s/"

register_group(Group("advice", _("Advice"), _("When your committee is asked, and what it has said."), 21))
register_kind(
    Kind(
        "advice_asked", "advice", _("Your advice is asked: %(question)s"),
        _("%(committee)s is asked for its opinion by %(due)s (%(number)s). Please say what you think."),
        path=PATH, action=_("See the question"), urgency="decision", days=("due",), sample=SAMPLE,
    )
)  # fmt: skip
register_kind(
    Kind(
        "advice_withdrawn", "advice", _("A question was withdrawn: %(question)s"),
        _("%(committee)s need not answer %(number)s any more; it had been wanted by %(due)s."),
        path=PATH, action=_("See why"), days=("due",), sample=SAMPLE,
    )
)  # fmt: skip
register_kind(
    Kind(
        "opinion_adopted", "advice", _("An opinion was given: %(question)s"),
        _("%(committee)s has adopted its opinion on %(number)s, which had been wanted by %(due)s."),
        path=PATH, action=_("Read the opinion"), days=("due",), sample=SAMPLE,
    )
)  # fmt: skip
