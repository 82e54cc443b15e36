from django.utils.translation import gettext_lazy as _

# What the acts of this app are called in a timeline.
VERBS = {
    "account_registered": _("Account made"),
    "grant_given": _("Right given"),
    "assistant_named": _("Assistant named"),
    "assistant_withdrawn": _("Assistant withdrawn"),
}
