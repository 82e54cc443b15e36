from django.utils.translation import gettext_lazy as _

# What the acts of this app are called in a timeline.
VERBS = {
    "account_linked": _("Account linked to the person"),
    "affiliation_added": _("Affiliation recorded"),
    "affiliation_corrected": _("Affiliation corrected"),
    "affiliation_ended": _("Affiliation ended"),
    "affiliation_taken_back": _("Affiliation taken back"),
    "person_taken_back": _("Person taken back"),
    "expertise_stated": _("Expertise stated"),
    "person_registered": _("Person registered"),
    "person_updated": _("Person's record changed"),
}
