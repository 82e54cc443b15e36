"""Who may come in here: those who sit in the body, those who run it, the desk; the public to what is public."""

from secretariat.foundation.audit.admission import DESK, SIGNED_IN, Entry, admitting

WITHIN = admitting(
    "whoever sits in the body or serves it, the desk and the auditor; everybody, where the meeting and the item are "
    "public", "authority", "desk reads", "desk runs", "auditor",
)  # fmt: skip
MEMBERS = admitting(
    "whoever sees the meeting, in person: the act says who may do it", "authority", "desk reads", "desk runs",
    "auditor",
)  # fmt: skip
RUNNERS = admitting(
    "the chair and the secretary of the body, whoever presides, and the desk",
    "authority",
    "desk reads",
    "desk runs",
)
KEEPERS = admitting(
    "the secretary of the body, whoever holds the chair, and who runs the desk", "authority", "desk runs"
)
LEADERS = admitting(
    "chairs and secretaries of bodies, the desk and the auditor", "chair", "authority", "desk reads", "desk runs",
    "auditor",
)  # fmt: skip
PLANNERS = admitting(
    "chairs and secretaries of bodies, and who runs the desk", "chair", "authority", "desk runs"
)
READERS = {"meetings": WITHIN}
FILES = {
    "meetings.PaperVersion.file": admitting(
        "whoever sits in the body or serves it, and the desk; everybody, where the meeting and the item are public",
        "authority",
        "desk reads",
        "desk runs",
    )
}
CHANNELS = {"meeting": WITHIN}
EXPORTS = {"meetings.meetings": "desk_meetings:meetings"}


def _act(what: str) -> Entry:
    return Entry(what, KEEPERS, get=None, post=302, told=DESK)


ADDRESSES = {
    "my_meetings:meetings": Entry("my meetings", SIGNED_IN),
    "my_meetings:meeting": Entry("a meeting", WITHIN),
    "my_meetings:calendar": Entry("a meeting for a calendar", WITHIN),
    "my_meetings:notice": Entry("the notice of a meeting as a document", WITHIN),
    "my_meetings:file": Entry("a paper of a meeting", WITHIN),
    "my_meetings:act": Entry(
        "coming, leaving, the floor, a proxy, stepping aside", MEMBERS, get=None, post=302, in_person=True
    ),
    "desk_meetings:meetings": Entry("meetings", LEADERS),
    "desk_meetings:new": Entry("a meeting, planned", PLANNERS, post=200),
    "desk_meetings:meeting": Entry("a meeting, kept", RUNNERS),
    "desk_meetings:change": Entry("a meeting, changed", RUNNERS, post=200),
    "desk_meetings:run": Entry("a meeting, run", RUNNERS),
    "desk_meetings:screen": Entry("a meeting on the screen of the room", RUNNERS),
    "desk_meetings:attendance": Entry("the attendance", RUNNERS),
    "desk_meetings:attend": _act("an arrival, a departure, entered by hand"),
    "desk_meetings:act": _act("a meeting convened, opened, closed, cancelled"),
    "desk_meetings:new_item": Entry("an item for the agenda", RUNNERS, post=200),
    "desk_meetings:change_item": Entry("an item, changed", RUNNERS, post=200),
    "desk_meetings:move_item": _act("an item, moved or taken off"),
    "desk_meetings:new_paper": Entry("a paper, announced", RUNNERS, post=200),
    "desk_meetings:act_on_item": _act("an item taken up, finished, adjourned, put to the vote; a recusal"),
    "desk_meetings:new_version": Entry("a paper, handed in", RUNNERS, post=422),
    "desk_meetings:withdraw_paper": _act("a paper, withdrawn"),
    "desk_meetings:file": Entry("a paper, read", RUNNERS),
    "desk_meetings:lift": _act("a recusal, lifted"),
    "desk_meetings:act_on_speech": _act("the floor, given, paused, ended"),
}
