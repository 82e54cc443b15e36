from django.utils.translation import gettext_lazy as _

# What the acts of this app are called in a timeline.
VERBS = {
    "token_made": _("Access token made"),
    "token_revoked": _("Access token ended"),
}
