"""Who may come in here: the desk."""

from secretariat.foundation.audit.admission import DESK, DESK_RUN, Entry

ADDRESSES = {
    "desk_places:places": Entry("countries and regions", DESK),
    "desk_places:place": Entry("a country or region", DESK),
    "desk_places:change": Entry("a country or region, named and ordered", DESK_RUN, post=200),
}
EXPORTS = {"places.places": "desk_places:places"}
