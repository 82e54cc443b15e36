from django.utils.translation import gettext_lazy as _

VERBS = {
    "view_saved": _("View of a list saved"),
    "usual_view_chosen": _("Usual view of a list chosen"),
    "view_removed": _("View of a list removed"),
}
