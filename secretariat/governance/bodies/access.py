"""Who may come in here: the desk."""

from secretariat.foundation.audit.admission import DESK, DESK_RUN, Entry

ADDRESSES = {
    "desk_bodies:bodies": Entry("bodies", DESK),
    "desk_bodies:body": Entry("a body", DESK),
    "desk_bodies:new": Entry("a new body", DESK_RUN, post=200),
    "desk_bodies:change": Entry("a body, changed", DESK_RUN, post=200),
    "desk_bodies:add_seats": Entry("new seats", DESK_RUN, post=200),
    "desk_bodies:change_seat": Entry("a seat, changed", DESK_RUN, post=200),
    "desk_bodies:appoint": Entry("a seat, given", DESK_RUN, post=200),
    "desk_bodies:terms": Entry("every term, of every body", DESK),
    "desk_bodies:many": Entry("an act on many terms", DESK_RUN, get=None, post=302),
    "desk_bodies:end_term": Entry("a term, ended", DESK_RUN, post=200),
    "desk_bodies:call_in": Entry("an alternate, called in", DESK_RUN, post=200),
    "desk_bodies:call_off": Entry("an alternate, called off", DESK_RUN, post=200),
    "desk_bodies:succeed": Entry("a successor", DESK_RUN, post=200),
}
EXPORTS = {"bodies.bodies": "desk_bodies:bodies", "bodies.terms": "desk_bodies:terms"}
