from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class HonourState(TextChoices):
    OFFERED = "offered", _("offered in confidence")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    CONFERRED = "conferred", _("conferred")
    REVOKED = "revoked", _("revoked")


HONOUR_TRANSITIONS = {
    "offered": ("accepted", "declined"),
    "accepted": ("conferred",),
    "declined": (),
    "conferred": ("revoked",),
    "revoked": (),
}
