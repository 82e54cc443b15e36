from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PublicationState(TextChoices):
    PROOF = "proof", _("in proof")
    SET = "set", _("set")


PUBLICATION_TRANSITIONS = {"proof": ("set",), "set": ()}


class EntryState(TextChoices):
    PROPOSED = "proposed", _("waiting for the applicant")
    APPROVED = "approved", _("approved by the applicant")
    LAPSED = "lapsed", _("deadline passed after notice")
    REFUSED = "refused", _("refused by the applicant")


ENTRY_TRANSITIONS = {
    "proposed": ("approved", "lapsed", "refused"),
    "lapsed": (),
    "approved": (),
    "refused": (),
}
PRINTED = frozenset({EntryState.APPROVED, EntryState.LAPSED})
