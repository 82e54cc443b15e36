from django.utils.translation import gettext_lazy as _

# What the acts of this app are called in a timeline.
VERBS = {
    "term_taken_back": _("Term taken back"),
    "body_changed": _("Body changed"),
    "seat_changed": _("Seat changed"),
    "seat_succeeded": _("Seat given to a successor"),
    "body_established": _("Body established"),
    "seat_added": _("Seat added"),
    "seat_given": _("Seat given"),
    "term_extended": _("Term extended"),
    "alternate_called_in": _("Alternate called in"),
    "alternate_called_off": _("Alternate called off"),
    "term_ended": _("Term ended"),
}
