"""Who may come in here: the desk."""

from secretariat.foundation.audit.admission import DESK, Entry

ADDRESSES = {
    "desk_bodies:bodies": Entry("bodies", DESK),
    "desk_bodies:body": Entry("a body", DESK),
}
EXPORTS = {"bodies.bodies": "desk_bodies:bodies"}
