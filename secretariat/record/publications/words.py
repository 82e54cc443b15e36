from django.utils.translation import gettext_lazy as _

# What the acts of this app are called in a timeline.
VERBS = {
    "publication_prepared": _("Publication prepared"),
    "publication_set": _("Publication set"),
    "proof_answered": _("Proof answered"),
    "proofs_lapsed": _("Deadline for proofs passed"),
}
