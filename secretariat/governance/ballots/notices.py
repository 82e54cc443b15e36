"""What voters are told about ballots that are open for a time. Whoever votes in the room sees the screen."""

from django.utils.translation import gettext_lazy as _

from secretariat.foundation.notices.kinds import Group, Kind, register_group, register_kind

SAMPLE = {
    "number": "BAL-2027-004",
    "question": {"en": "Admit Example Institute 041?", "zh": "是否接纳示例研究所041？"},
    "until": "2027-03-01T15:00:00+00:00",
}
PATH = "/my/ballots/%(number)s/"

register_group(Group("ballots", _("Ballots"), _("What you are asked to vote on, and what was decided."), 21))
register_kind(
    Kind(
        "ballot_opened", "ballots", _("Please vote: %(question)s"),
        _("The ballot %(number)s is open until %(until)s."),
        path=PATH, action=_("Read and vote"), urgency="decision", times=("until",), sample=SAMPLE,
    )
)  # fmt: skip
register_kind(
    Kind(
        "ballot_extended", "ballots", _("More time to vote: %(question)s"),
        _("The ballot %(number)s stays open until %(until)s. The reason: %(reason)s"),
        path=PATH, action=_("Read and vote"), times=("until",),
        sample={**SAMPLE, "reason": "Two delegations are still travelling."},
    )
)  # fmt: skip
register_kind(
    Kind(
        "ballot_closed", "ballots", _("Decided: %(question)s"),
        _("The ballot %(number)s is closed: %(outcome)s."),
        path=PATH, action=_("See the result"), sample={**SAMPLE, "outcome": {"en": "adopted", "zh": "通过"}},
    )
)  # fmt: skip
register_kind(
    Kind(
        "ballot_cancelled", "ballots", _("Cancelled: %(question)s"),
        _("The ballot %(number)s was cancelled and decides nothing. The reason: %(reason)s"),
        path=PATH, action=_("See the ballot"), sample={**SAMPLE, "reason": "The question was put in error."},
    )
)  # fmt: skip
