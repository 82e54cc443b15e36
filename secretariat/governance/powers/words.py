from django.utils.translation import gettext_lazy as _

# What the acts of this app are called in a timeline.
VERBS = {
    "power_reserved": _("Power written down"),
    "power_ended": _("Power ended"),
    "power_delegated": _("Power delegated"),
    "delegation_revoked": _("Delegation revoked"),
}
