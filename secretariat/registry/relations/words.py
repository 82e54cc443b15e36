from django.utils.translation import gettext_lazy as _

# What the acts of this app are called in a timeline.
VERBS = {
    "relation_declared": _("Personal relation declared"),
    "relation_ended": _("Personal relation ended"),
    "relation_pinned": _("Personal relation recorded by the secretariat"),
}
