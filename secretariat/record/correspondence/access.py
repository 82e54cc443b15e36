"""Who may come in here: the desk."""

from secretariat.foundation.audit.admission import DESK, DESK_RUN, Entry

ADDRESSES = {
    "desk_correspondence:letters": Entry("letters that go out", DESK),
    "desk_correspondence:new": Entry("a new letter", DESK_RUN, post=200),
    "desk_correspondence:all_incoming": Entry("letters that came in", DESK),
    "desk_correspondence:new_incoming": Entry("a letter, registered", DESK_RUN, post=200),
    "desk_correspondence:incoming": Entry("a letter that came in", DESK),
    "desk_correspondence:act_incoming": Entry("a letter taken over or closed", DESK_RUN, get=None, post=302),
    "desk_correspondence:letter": Entry("a letter", DESK),
    "desk_correspondence:change": Entry("a draft, changed", DESK_RUN, post=200),
    "desk_correspondence:paper": Entry("a letter on paper", DESK),
    "desk_correspondence:pdf": Entry("a letter as PDF", DESK),
    "desk_correspondence:act": Entry("a letter put up, signed, sent", DESK_RUN, get=None, post=302),
}
FILES = {"correspondence.Incoming.file": DESK, "correspondence.Letter.file": DESK}
