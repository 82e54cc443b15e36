"""What those who vote in a body are told of its meetings."""

from django.utils.translation import gettext_lazy as _

from secretariat.foundation.notices.kinds import Group, Kind, register_group, register_kind

SAMPLE = {
    "number": "MTG-2027-002",
    "meeting": {"en": "Third session of the Council", "zh": "理事会第三次会议"},
    "body": {"en": "Council", "zh": "理事会"},
    "at": "2027-03-01T09:00:00+00:00",
}
PATH = "/my/meetings/%(number)s/"

register_group(Group("meetings", _("Meetings"), _("When you are called together, and proxies."), 20))
register_kind(
    Kind(
        "meeting_convened", "meetings", _("You are called to a meeting: %(meeting)s"),
        _("%(body)s meets on %(at)s (%(number)s). The agenda and the papers are on its page."),
        path=PATH, action=_("See the agenda"), times=("at",), sample=SAMPLE,
    )
)  # fmt: skip
register_kind(
    Kind(
        "meeting_moved", "meetings", _("Time or place changed: %(meeting)s"),
        _("%(body)s meets on %(at)s (%(number)s). Please look where and how."),
        path=PATH, action=_("See the meeting"), times=("at",), sample=SAMPLE,
    )
)  # fmt: skip
register_kind(
    Kind(
        "meeting_cancelled", "meetings", _("Cancelled: %(meeting)s"),
        _("The meeting of %(body)s on %(at)s does not take place. The reason: %(reason)s"),
        path=PATH, action=_("See the meeting"), times=("at",),
        sample={**SAMPLE, "reason": "The hall cannot be used on that day."},
    )
)  # fmt: skip
register_kind(
    Kind(
        "proxy_offered", "meetings", _("%(giver)s asks you to vote for her"),
        _("For the meeting “%(meeting)s” on %(at)s you are given a proxy. Please accept or decline it."),
        path=PATH, action=_("Answer"), urgency="decision", times=("at",), sample={**SAMPLE, "giver": "Example Person"},
    )
)  # fmt: skip
register_kind(
    Kind(
        "proxy_answered", "meetings", _("Your proxy for %(meeting)s: %(answer)s"),
        _("%(holder)s has answered your proxy for the meeting on %(at)s: %(answer)s."),
        path=PATH, action=_("See your proxy"), times=("at",),
        sample={**SAMPLE, "holder": "Example Person", "answer": {"en": "accepted", "zh": "已接受"}},
    )
)  # fmt: skip
register_kind(
    Kind(
        "proxy_revoked", "meetings", _("A proxy was taken back: %(meeting)s"),
        _("%(giver)s has taken back the proxy for the meeting on %(at)s."),
        path=PATH, action=_("See the meeting"), times=("at",), sample={**SAMPLE, "giver": "Example Person"},
    )
)  # fmt: skip
