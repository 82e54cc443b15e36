"""Who may come in here: only who runs the desk, for only she may merge."""

from secretariat.foundation.audit.admission import DESK_RUN, Entry

ADDRESSES = {
    "desk_identity:pairs": Entry("people who may be one", DESK_RUN),
    "desk_identity:duplicates": Entry("pairs that may be one", DESK_RUN),
    "desk_identity:compare": Entry("two records by their numbers", DESK_RUN),
    "desk_identity:pair": Entry("two records side by side", DESK_RUN, post=200),
    "desk_identity:tell_apart": Entry("two records, told apart", DESK_RUN, get=None, post=302),
    "desk_identity:merges": Entry("what was merged", DESK_RUN),
    "desk_identity:undo": Entry("a merge, undone", DESK_RUN, post=302),
}
