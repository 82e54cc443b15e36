"""Who may come in here: the desk."""

from secretariat.foundation.audit.admission import DESK, Entry

ADDRESSES = {
    "desk_people:people": Entry("people", DESK),
    "desk_people:person": Entry("a person", DESK),
}
EXPORTS = {"people.people": "desk_people:people"}
