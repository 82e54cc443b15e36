from django.utils.translation import gettext_lazy as _

# What the acts of this app are called in a timeline.
VERBS = {
    "told_apart": _("Told apart: not the same"),
    "person_merged": _("Two records of one person merged"),
    "person_merge_undone": _("Merge of two people undone"),
    "organisation_merged": _("Two records of one organisation merged"),
    "organisation_merge_undone": _("Merge of two organisations undone"),
}
