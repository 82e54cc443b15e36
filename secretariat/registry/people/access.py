"""Who may come in here: the desk."""

from secretariat.foundation.audit.admission import DESK, DESK_RUN, Entry

ADDRESSES = {
    "desk_people:people": Entry("people", DESK),
    "desk_people:person": Entry("a person", DESK),
    "desk_people:new": Entry("a new person", DESK_RUN, post=200),
    "desk_people:change": Entry("a person, corrected", DESK_RUN, post=200),
    "desk_people:link_account": Entry("a person's account", DESK_RUN, post=200),
    "desk_people:add_affiliation": Entry("a new affiliation", DESK_RUN, post=200),
    "desk_people:change_affiliation": Entry("an affiliation, corrected", DESK_RUN, post=200),
}
EXPORTS = {"people.people": "desk_people:people"}
