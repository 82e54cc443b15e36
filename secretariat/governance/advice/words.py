from django.utils.translation import gettext_lazy as _

# What the acts of this app are called in a timeline.
VERBS = {
    "advice_asked": _("Advice asked"),
    "advice_withdrawn": _("Request for advice withdrawn"),
    "opinion_contributed_to": _("Contributed to the opinion"),
    "opinion_adopted": _("Opinion adopted"),
    "opinion_published": _("Opinion published"),
}
