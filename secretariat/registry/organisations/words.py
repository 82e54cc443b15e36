from django.utils.translation import gettext_lazy as _

# What the acts of this app are called in a timeline.
VERBS = {
    "organisation_taken_back": _("Organisation taken back"),
    "organisation_registered": _("Organisation registered"),
    "organisation_updated": _("Organisation's record changed"),
    "host_named": _("Host organisation named"),
}
