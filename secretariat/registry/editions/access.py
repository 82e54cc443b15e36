"""Who may come in here: the desk."""

from secretariat.foundation.audit.admission import DESK, DESK_RUN, Entry

ADDRESSES = {
    "desk_editions:editions": Entry("editions", DESK),
    "desk_editions:edition": Entry("an edition", DESK),
    "desk_editions:new": Entry("a new edition", DESK_RUN, post=200),
    "desk_editions:change": Entry("an edition, changed", DESK_RUN, post=200),
    "desk_editions:following": Entry("the next edition like this one", DESK_RUN, post=200),
    "desk_editions:parts": Entry("the parts of an edition", DESK_RUN, post=302),
    "desk_editions:add_milestone": Entry("a new milestone", DESK_RUN, post=200),
    "desk_editions:milestone": Entry("a milestone, moved or reached", DESK_RUN, post=200),
    "desk_editions:act": Entry("an edition, opened, closed or called off", DESK_RUN, post=302),
}
EXPORTS = {"editions.editions": "desk_editions:editions"}
