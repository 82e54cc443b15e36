"""What mailings tell the staff; and the group by which a reader says that she wants no news."""

from django.utils.translation import gettext_lazy as _

from secretariat.foundation.notices.kinds import Group, Kind, register_group, register_kind
from secretariat.record.mailings.copying import GROUP

register_group(
    Group(
        GROUP,
        _("News and invitations"),
        _("What the secretariat writes to many at once; it comes by mail."),
        60,
    )
)
SAMPLE = {"number": "MAIL-2027-004", "subject": {"en": "The programme is out", "zh": "日程发布"}}
PATH = "/desk/mailings/%(number)s/"


def _kind(key: str, subject: object, text: object, action: object, **more: object) -> None:
    register_kind(Kind(key, "work", subject, text, path=PATH, action=action, **{"sample": SAMPLE, **more}))


_kind(
    "mailing_to_approve",
    _("A mailing for you to approve: %(subject)s"),
    _("The mailing %(number)s, “%(subject)s”, waits for your approval."),
    _("Read and approve"),
    urgency="decision",
)
_kind(
    "mailing_approved",
    _("Approved: %(subject)s"),
    _("The mailing %(number)s, “%(subject)s”, was approved. You may start it."),
    _("Start it"),
)
_kind(
    "mailing_sent_back",
    _("Sent back to you: %(subject)s"),
    _("Whoever was to approve the mailing %(number)s, “%(subject)s”, sent it back with a remark."),
    _("See the remark"),
)
_kind(
    "mailing_sent",
    _("The mailing %(number)s has gone out"),
    _("%(sent)s copies were sent, %(returned)s came back or could not be sent, %(skipped)s were left out."),
    _("See the report"),
    sample={"number": "MAIL-2027-004", "sent": 120, "returned": 2, "skipped": 5},
)
