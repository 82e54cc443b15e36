"""Who may come in here: reviewers to what was given to them, chairs to their lists, the desk to all reviews."""

from secretariat.foundation.audit.admission import (
    DESK_RUN,
    SIGNED_IN,
    Entry,
    admitting,
)

ASSIGNED = admitting("the reviewer whom the item was given to, in person", "reviewer")
COMMITTEE = admitting("who sits in the committee, in person", "reviewer", "colleague", "chair")
AUTHORITY = admitting("who leads the body that decides, or decides for it in part, in person", "authority")
FOLLOWERS = admitting("the desk, and the chair of the committee", "desk reads", "desk runs", "chair")
RESOLVING = admitting("who runs the desk, and the chair of the committee", "desk runs", "chair")
ADDRESSES = {
    "my_review:queue": Entry("what I have to read", SIGNED_IN),
    "my_review:lists": Entry("lists that wait for my decision", SIGNED_IN),
    "my_review:decide": Entry("a list to decide on", AUTHORITY, post=422),
    "my_review:declare": Entry("my conflicts in a call", COMMITTEE, post=422),
    "my_review:done": Entry("all is handed in; with nothing of mine, back to the queue", SIGNED_IN, get=302),
    "my_review:read": Entry("an item and my review", ASSIGNED, post=200),
    "my_review:file": Entry("a file of an item", ASSIGNED),
    "my_review:draft": Entry("my review, kept while it is written", ASSIGNED, get=None, post=422),
    "my_review:aside": Entry("an item I step aside from", ASSIGNED, get=None, post=302),
    "my_review:accept": Entry("what I was given, accepted", SIGNED_IN, get=None, post=302),
    "my_review:decline": Entry("an item I give back", ASSIGNED, get=None, post=302),
    "desk_review:calls": Entry("calls under review, as far as I follow them", SIGNED_IN),
    "desk_review:call": Entry("the reviews of a call", FOLLOWERS),
    "desk_review:item": Entry("the reviews of an item", FOLLOWERS),
    "desk_review:conflicts": Entry("conflicts", FOLLOWERS),
    "desk_review:find": Entry("the registry, asked again", DESK_RUN, get=None, post=302, told=FOLLOWERS),
    "desk_review:enter": Entry("a member, kept from an item", RESOLVING, get=None, post=422, told=FOLLOWERS),
    "desk_review:resolve": Entry("a conflict, resolved", RESOLVING, get=None, post=422, told=FOLLOWERS),
    "desk_review:remind": Entry("late readers, reminded", RESOLVING, get=None, post=302, told=FOLLOWERS),
    "desk_review:readings": Entry("who reads what", FOLLOWERS),
    "desk_review:propose": Entry("a matching, proposed", DESK_RUN, get=None, post=422, told=FOLLOWERS),
    "desk_review:assign": Entry("one more reader", DESK_RUN, get=None, post=302, told=FOLLOWERS),
    "desk_review:repair": Entry("a repair, proposed", DESK_RUN, get=None, post=302, told=FOLLOWERS),
    "desk_review:proposal": Entry("a matching, with its reasons", FOLLOWERS),
    "desk_review:deploy": Entry("a matching, deployed", DESK_RUN, get=None, post=302, told=FOLLOWERS),
    "desk_review:discard": Entry("a matching, laid aside", DESK_RUN, get=None, post=302, told=FOLLOWERS),
    "desk_review:undo": Entry("a matching, undone", DESK_RUN, get=None, post=302, told=FOLLOWERS),
    "desk_review:list": Entry("the list of a stage", FOLLOWERS),
    "desk_review:line": Entry("how sure the line of a stage is", FOLLOWERS),
    "desk_review:habits": Entry("how the readers of a stage score", FOLLOWERS),
    "desk_review:move": Entry(
        "an item, moved across the line", RESOLVING, get=None, post=302, told=FOLLOWERS
    ),
    "desk_review:deliberate": Entry(
        "what is contested, on an agenda", DESK_RUN, get=None, post=302, told=FOLLOWERS
    ),
    "desk_review:freeze": Entry("a list, frozen", DESK_RUN, get=None, post=302, told=FOLLOWERS),
}
CHANNELS = {"call": FOLLOWERS}
READERS = {"review.readers": ASSIGNED}
