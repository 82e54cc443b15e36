"""What membership tells those who speak for a member."""

from django.utils.translation import gettext_lazy as _

from secretariat.foundation.notices.kinds import Group, Kind, register_group, register_kind

SAMPLE = {"number": "MEM-0001", "paid": "2027-04-30"}

register_group(Group("membership", _("Membership"), _("How your membership stands, and applications."), 22))
register_kind(
    Kind(
        "membership_in_grace",
        "membership",
        _("Your membership is to be renewed"),
        _(
            "The membership %(number)s is paid for until %(paid)s. The days of grace have begun: until they end you "
            "keep every right, the vote included. Please write to the secretariat to renew it."
        ),
        urgency="decision",
        days=("paid",),
        sample=SAMPLE,
    )
)
register_kind(
    Kind(
        "membership_lapsed",
        "membership",
        _("Your membership has lapsed"),
        _(
            "The membership %(number)s was paid for until %(paid)s, and the days of grace are over. It has no vote "
            "until it is renewed; nothing else is lost. Please write to the secretariat."
        ),
        urgency="decision",
        days=("paid",),
        sample=SAMPLE,
    )
)
