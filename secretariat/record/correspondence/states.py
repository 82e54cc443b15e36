from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Medium(TextChoices):
    EMAIL = "email", _("e-mail")
    POST = "post", _("post")
    HAND = "hand", _("by hand")


class IncomingState(TextChoices):
    REGISTERED = "registered", _("to be dealt with")
    ANSWERED = "answered", _("answered")
    CLOSED = "closed", _("closed without an answer")


class LetterState(TextChoices):
    DRAFT = "draft", _("draft")
    FOR_SIGNATURE = "for_signature", _("for signature")
    SIGNED = "signed", _("signed")
    SENT = "sent", pgettext_lazy("letter", "sent")
    DROPPED = "dropped", _("dropped")


INCOMING_TRANSITIONS = {
    "registered": ("answered", "closed"),
    "answered": (),
    "closed": ("registered",),
}
LETTER_TRANSITIONS = {
    "draft": ("for_signature", "dropped"),
    "for_signature": ("draft", "signed"),
    "signed": ("sent",),
    "sent": (),
    "dropped": (),
}
