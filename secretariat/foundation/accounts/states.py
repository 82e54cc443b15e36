from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class InvitationState(TextChoices):
    """An invitation that has run out stays open and lets nobody in; sending it again gives it a new link."""

    OPEN = "open", _("waiting for an answer")
    ACCEPTED = "accepted", _("accepted")
    WITHDRAWN = "withdrawn", _("withdrawn")


INVITATION_TRANSITIONS = {
    "open": ("accepted", "withdrawn"),
    "accepted": (),
    "withdrawn": (),
}
