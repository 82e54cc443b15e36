"""Who may come in here: those who vote, those who run a body, the desk."""

from secretariat.foundation.audit.admission import DESK, DESK_RUN, SIGNED_IN, Entry, admitting

VOTERS = admitting(
    "whoever is on the roll, sits in the body or serves it, and the desk", "authority", "desk reads", "desk runs",
    "auditor",
)  # fmt: skip
VOTER = admitting("the voter on this line of the roll, in person", "authority")
RUNNERS = admitting(
    "the chair and the secretary of the body, and the desk", "authority", "desk reads", "desk runs"
)
TELLERS = admitting(
    "the chair and the secretary of the body, and who runs the desk", "authority", "desk runs"
)
LEADERS = admitting(
    "chairs and secretaries of bodies, and the desk", "chair", "authority", "desk reads", "desk runs"
)
ASKERS = admitting(
    "chairs and secretaries of bodies, and who runs the desk", "chair", "authority", "desk runs"
)
ADDRESSES = {
    "my_ballots:ballots": Entry("ballots I vote in", SIGNED_IN),
    "my_ballots:ballot": Entry("a ballot", VOTERS),
    "my_ballots:tally": Entry("how a ballot stands", VOTERS),
    "my_ballots:vote": Entry("a vote, cast", VOTER, get=None, post=302, in_person=True),
    "desk_ballots:ballots": Entry("ballots", LEADERS),
    "desk_ballots:new": Entry("a question to a body", ASKERS, post=200),
    "desk_ballots:ballot": Entry("a ballot, run", RUNNERS),
    "desk_ballots:roll": Entry("a roll", RUNNERS),
    "desk_ballots:call": Entry("a roll, called", RUNNERS),
    "desk_ballots:enter": Entry("a vote, entered", TELLERS, get=None, post=302, told=DESK),
    "desk_ballots:screen": Entry("a ballot on the screen of the room", RUNNERS),
    "desk_ballots:act": Entry("a ballot opened, extended, closed", TELLERS, get=None, post=302, told=DESK),
    "desk_ballots:procedure": Entry("rules of procedure", DESK),
    "desk_ballots:lay_down": Entry("rules of procedure, laid down", DESK_RUN, post=200),
}  # fmt: skip
CHANNELS = {"ballot": VOTERS}
EXPORTS = {"ballots.ballots": "desk_ballots:ballots", "ballots.roll": "desk_ballots:roll"}
