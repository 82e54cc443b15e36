from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MessageState(TextChoices):
    QUEUED = "queued", pgettext_lazy("mail", "queued")
    SENT = "sent", pgettext_lazy("mail", "sent")
    CARRIED = "carried", pgettext_lazy("mail", "in a digest")
    BOUNCED = "bounced", pgettext_lazy("mail", "came back")
    FAILED = "failed", pgettext_lazy("mail", "not sent")


MESSAGE_TRANSITIONS = {
    "queued": ("sent", "carried", "failed"),
    "sent": ("bounced",),
    "carried": (),
    "bounced": (),
    "failed": (),
}


class Delivery(TextChoices):
    """How a reader wants the notices of a group, beside her inbox, which holds them all."""

    AT_ONCE = "at_once", _("By mail, at once")
    DAILY = "daily", _("By mail, once a day")
    INBOX = "inbox", _("Only here")
