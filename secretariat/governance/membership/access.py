"""Who may come in here: whoever speaks for a member, and the desk."""

from secretariat.foundation.audit.admission import DESK, DESK_RUN, Entry, admitting

MEMBER = admitting("who speaks for the member, in person", "another")
ADDRESSES = {
    "my_membership:member": Entry("a member I speak for", MEMBER),
    "my_membership:directory": Entry("its entry in the directory", MEMBER, post=302, in_person=True),
    "my_membership:named": Entry(
        "whether I am named as its representative", MEMBER, get=None, post=302, in_person=True
    ),
    "my_membership:name": Entry("a further representative of it", MEMBER, post=422, in_person=True),
    "my_membership:end": Entry("a representative of it, ended", MEMBER, post=422, in_person=True),
    "my_membership:hand_vote": Entry("who casts its vote", MEMBER, post=422, in_person=True),
    "desk_membership:members": Entry("members", DESK),
    "desk_membership:many": Entry("an act on many members", DESK_RUN, get=None, post=302),
    "desk_membership:categories": Entry("categories and their conditions", DESK),
    "desk_membership:conditions": Entry("conditions of a category", DESK_RUN, post=200),
    "desk_membership:hand_vote": Entry("a voting representative", DESK_RUN, post=200),
    "desk_membership:admit": Entry("a new member", DESK_RUN, post=200),
    "desk_membership:act": Entry("a member, suspended, ended or moved", DESK_RUN, post=422),
    "desk_membership:add_representative": Entry("a new representative", DESK_RUN, post=200),
    "desk_membership:end_representative": Entry("a representative, ended", DESK_RUN, post=200),
    "desk_membership:member": Entry("a member", DESK),
}
EXPORTS = {"membership.members": "desk_membership:members"}
