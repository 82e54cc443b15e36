from django.utils.translation import gettext_lazy as _

# What the acts of this app are called in a timeline.
VERBS = {
    "incoming_registered": _("Registered"),
    "incoming_changed": _("Changed"),
    "incoming_closed": _("Closed without an answer"),
    "incoming_reopened": _("Taken up again"),
    "letter_drafted": _("Drafted"),
    "letter_changed": _("Draft changed"),
    "letter_put_up": _("Put up for signature"),
    "letter_sent_back": _("Sent back to the drafter"),
    "letter_signed": _("Signed"),
    "letter_sent": _("Sent"),
    "letter_dropped": _("Draft dropped"),
}
