"""Who may come in here: whoever belongs to the body, its movers, who leads it, the desk."""

from secretariat.foundation.audit.admission import DESK_RUN, SIGNED_IN, Entry, admitting

BELONGING = admitting(
    "whoever sits in the body, serves it or has a vote in it, and the desk", "authority", "desk reads", "desk runs",
    "auditor",
)  # fmt: skip
IN_BODY = admitting("whoever has a place in a body that decides, in person", "authority")
MOVER = admitting("who moves the motion, in person", "authority")
LEADERS = admitting(
    "the chair and the secretary of the body, and the desk", "authority", "desk reads", "desk runs"
)
LED = admitting(
    "chairs and secretaries of bodies, and the desk", "chair", "authority", "desk reads", "desk runs"
)
ADDRESSES = {
    "my_motions:motions": Entry("motions of my bodies", SIGNED_IN),
    "my_motions:new": Entry("a new motion", IN_BODY, post=422, in_person=True),
    "my_motions:motion": Entry("a motion", BELONGING),
    "my_motions:write": Entry("a motion, written", MOVER, post=422, in_person=True),
    "my_motions:autosave": Entry("a motion, saved by the page", MOVER, get=None, post=422, in_person=True),
    "my_motions:amend": Entry("an amendment, proposed", IN_BODY, post=422, in_person=True),
    "my_motions:act": Entry("a motion, seconded or followed", BELONGING, get=None, post=302, in_person=True),
    "my_motions:act_on_amendment": Entry(
        "an amendment, answered", BELONGING, get=None, post=302, in_person=True
    ),
    "desk_motions:motions": Entry("motions", LED),
    "desk_motions:requirements": Entry("what motions need", DESK_RUN, post=422),
    "desk_motions:motion": Entry("a motion, led", LEADERS),
    "desk_motions:order": Entry("the order of votes", LEADERS, post=422),
    "desk_motions:act": Entry("a motion, ruled out, lapsed, put to the vote", LEADERS, post=422),
    "desk_motions:act_on_amendment": Entry("an amendment, put to the vote or ruled on", LEADERS, post=422),
}  # fmt: skip
EXPORTS = {"motions.motions": "desk_motions:motions"}
