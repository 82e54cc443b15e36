from django.utils.translation import gettext_lazy as _

# What the acts of this app are called in a timeline.
VERBS = {
    "place_ordered": _("Order of the country or region changed"),
    "places_loaded": _("Countries and regions loaded"),
    "place_moved": _("Place moved to another group"),
    "place_renamed": _("Display name of a place changed"),
}
