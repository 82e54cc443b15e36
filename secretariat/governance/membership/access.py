"""Who may come in here: the desk."""

from secretariat.foundation.audit.admission import DESK, Entry

ADDRESSES = {
    "desk_membership:members": Entry("members", DESK),
    "desk_membership:member": Entry("a member", DESK),
}
EXPORTS = {"membership.members": "desk_membership:members"}
