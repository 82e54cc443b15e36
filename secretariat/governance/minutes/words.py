from django.utils.translation import gettext_lazy as _

# What the acts of this app are called in a timeline.
VERBS = {
    "minutes_drafted": _("Minutes drafted"),
    "minutes_edited": _("Paragraph of the minutes edited"),
    "minutes_circulated": _("Minutes circulated"),
    "minutes_correction_proposed": _("Correction of the minutes proposed"),
    "minutes_correction_taken": _("Correction of the minutes taken"),
    "minutes_correction_refused": _("Correction of the minutes refused"),
    "minutes_adopted": _("Minutes adopted"),
    "resolution_entered": _("Resolution entered in the register"),
    "minutes_read": _("Minutes read"),
    "resolution_action_set": _("Action set for the resolution"),
    "resolution_action_changed": _("Action of the resolution changed"),
    "resolution_action_closed": _("Action of the resolution carried out"),
    "resolution_action_dropped": _("Action of the resolution dropped"),
    "resolution_published": _("Resolution published"),
}
