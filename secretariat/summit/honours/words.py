from django.utils.translation import gettext_lazy as _

# What the acts of this app are called in a timeline.
VERBS = {
    "honours_conferred": _("Accepted honours conferred"),
    "honours_offered": _("Honour offered in confidence"),
    "pseudonyms_drawn": _("Pseudonyms drawn"),
    "honour_accepted": _("Honour accepted"),
    "honour_declined": _("Honour declined"),
    "honour_conferred": _("Honour conferred"),
    "honour_held": _("Honour to be conferred with the release"),
    "release_set": _("Release of results set"),
    "results_released": _("Results released"),
    "honour_revoked": _("Honour revoked"),
}
