"""Who may come in here: the desk."""

from secretariat.foundation.audit.admission import DESK, DESK_RUN, Entry

ADDRESSES = {
    "desk_membership:members": Entry("members", DESK),
    "desk_membership:many": Entry("an act on many members", DESK_RUN, get=None, post=302),
    "desk_membership:member": Entry("a member", DESK),
}
EXPORTS = {"membership.members": "desk_membership:members"}
