from django.utils.translation import gettext_lazy as _

# What the acts of this app are called in a timeline.
VERBS = {
    "token_made": _("Access token made"),
    "token_revoked": _("Access token ended"),
    "service_token_made": _("Service token made"),
    "service_token_revoked": _("Service token ended"),
    "service_token_renewed": _("Service token renewed"),
    "service_token_handed_over": _("Service token handed over"),
}
