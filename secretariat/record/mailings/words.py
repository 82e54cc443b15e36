from django.utils.translation import gettext_lazy as _

# What the acts of this app are called in a timeline.
VERBS = {
    "mailing_begun": _("Mailing begun"),
    "mailing_changed": _("Draft changed"),
    "mailing_put_up": _("Put up for approval"),
    "mailing_approved": _("Approved"),
    "mailing_sent_back": _("Sent back to the drafter"),
    "mailing_started": _("Began to go out"),
    "mailing_stopped": _("Stopped on its way"),
    "mailing_resumed": _("Goes on"),
    "mailing_sent": _("All copies have gone out"),
    "mailing_dropped": _("Draft dropped"),
    "mailings_refused": _("Wants no more news"),
}
