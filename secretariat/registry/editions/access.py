"""Who may come in here: the desk."""

from secretariat.foundation.audit.admission import DESK, Entry

ADDRESSES = {
    "desk_editions:editions": Entry("editions", DESK),
    "desk_editions:edition": Entry("an edition", DESK),
}
EXPORTS = {"editions.editions": "desk_editions:editions"}
