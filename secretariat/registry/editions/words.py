from django.utils.translation import gettext_lazy as _

# What the acts of this app are called in a timeline.
VERBS = {
    "edition_changed": _("Edition changed"),
    "series_registered": _("Series registered"),
    "edition_announced": _("Edition announced"),
    "edition_made_from": _("Edition made from an earlier one"),
    "edition_parts_switched": _("Parts of the edition switched"),
    "milestone_set": _("Milestone set"),
    "milestone_reached": _("Milestone reached"),
    "fact_recorded": _("Published fact recorded"),
    "edition_opened": _("Edition opened"),
    "edition_closed": _("Edition closed"),
    "edition_archived": _("Edition put into the archive"),
    "edition_cancelled": _("Edition cancelled"),
}
