from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MailingState(TextChoices):
    DRAFT = "draft", _("draft")
    FOR_APPROVAL = "for_approval", _("for approval")
    APPROVED = "approved", pgettext_lazy("mailing", "approved")
    SENDING = "sending", _("going out")
    STOPPED = "stopped", pgettext_lazy("mailing", "stopped")
    SENT = "sent", pgettext_lazy("mailing", "sent")
    DROPPED = "dropped", _("dropped")


MAILING_TRANSITIONS = {
    "draft": ("for_approval", "sending", "dropped"),
    "for_approval": ("draft", "approved"),
    "approved": ("sending", "draft"),
    "sending": ("stopped", "sent"),
    "stopped": ("sending",),
    "sent": (),
    "dropped": (),
}


class MailingKind(TextChoices):
    """Whether its readers may do without it."""

    NEWS = "news", _("news and invitations: whoever does not want them gets none")
    AFFAIR = "affair", _("about the reader's own affairs: it goes to everybody")


class Skipped(TextChoices):
    """Why somebody on the list gets no copy."""

    NO_ADDRESS = "no_address", _("no address is known")
    DEAD = "dead", _("mail to this address came back")
    REFUSED = "refused", _("wants no such mail")
    RECENT = "recent", _("got a mailing a short while ago")
