from django.utils.translation import gettext_lazy as _

# What the acts of this app are called in a timeline.
VERBS = {
    "conflict_entered": _("Member kept from an item"),
    "conflict_declared": _("Conflict of interest declared"),
    "conflicts_declared": _("Items of a call gone through for conflicts"),
    "undertaking_signed": _("Undertaking of a call signed"),
    "conflicts_found": _("Conflicts of interest searched for"),
    "conflict_resolved": _("Conflict of interest resolved"),
    "matching_proposed": _("Assignment proposed"),
    "matching_worked_out": _("Assignment worked out"),
    "readings_accepted": _("Readings accepted"),
    "reading_declined": _("Reading declined"),
    "late_readers_reminded": _("Late readers reminded"),
    "readers_reminded": _("Readers reminded of their day"),
    "matching_deployed": _("Assignment put into effect"),
    "matching_discarded": _("Assignment laid aside"),
    "matching_undone": _("Assignment undone"),
    "reader_assigned": _("Reviewer assigned"),
    "review_handed_in": _("Review handed in"),
    "move_proposed": _("Move across the line proposed"),
    "move_carried": _("Move across the line carried"),
    "move_lost": _("Move across the line not carried"),
    "deliberation_planned": _("Contested items put on an agenda"),
    "list_frozen": _("List frozen"),
    "list_decided": _("List decided"),
    "list_decided_in_part": _("List decided in part"),
}
