from django.utils.translation import gettext_lazy as _

# What the acts of this app are called in a timeline.
VERBS = {
    "mail_came_back": _("Mail came back"),
    "address_opened": _("Mail goes to an address again"),
    "deliveries_chosen": _("Ways of being told chosen"),
    "postbox_set": _("Time of the digest chosen"),
    "address_tried_again": _("Address tried again"),
}
