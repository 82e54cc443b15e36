from django.utils.translation import gettext_lazy as _

# What the acts of this app are called in a timeline.
VERBS = {
    "body_established": _("Body established"),
    "seat_added": _("Seat added"),
    "seat_given": _("Seat given"),
    "term_ended": _("Term ended"),
}
