"""What is told to whoever holds a seat, or is the alternate of one."""

from django.utils.translation import gettext_lazy as _

from secretariat.foundation.notices.kinds import Group, Kind, register_group, register_kind

SAMPLE = {"body": {"en": "Council", "zh": "理事会"}, "first": "2027-03-01"}
PATH = "/my/meetings/"

register_group(
    Group("seats", _("Seats in bodies"), _("When an alternate is called in for a seat of yours."), 19)
)
register_kind(
    Kind(
        "alternate_called_in", "seats", _("You are called in as an alternate: %(body)s"),
        _("From %(first)s on you act for the seat whose alternate you are: its vote and its papers are yours."),
        path=PATH, action=_("See the meetings"), urgency="decision", days=("first",), sample=SAMPLE,
    )
)  # fmt: skip
register_kind(
    Kind(
        "alternate_called_off", "seats", _("You no longer act as an alternate: %(body)s"),
        _("The call that began on %(first)s was called off or ended; its last day is %(last)s."),
        path=PATH, action=_("See the meetings"), days=("first", "last"), sample={**SAMPLE, "last": "2027-03-31"},
    )
)  # fmt: skip
register_kind(
    Kind(
        "seat_acted_for", "seats", _("%(alternate)s acts for your seat: %(body)s"),
        _("From %(first)s on the alternate of your seat acts for it. While she does, the vote is hers."),
        path=PATH, action=_("See the meetings"), days=("first",), sample={**SAMPLE, "alternate": "Example Person"},
    )
)  # fmt: skip
