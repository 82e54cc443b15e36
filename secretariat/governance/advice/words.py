from django.utils.translation import gettext_lazy as _

# What the acts of this app are called in a timeline.
VERBS = {
    "advice_asked": _("Advice asked"),
    "advice_withdrawn": _("Request for advice withdrawn"),
    "advice_paper_added": _("Paper added"),
    "advice_paper_handed_in": _("Paper handed in"),
    "advice_paper_withdrawn": _("Paper withdrawn"),
    "opinion_contributed_to": _("Contributed to the opinion"),
    "opinion_adopted": _("Opinion adopted"),
    "opinion_published": _("Opinion published"),
}
