"""Who may come in here: whoever was at the meeting or belongs to its body, who keeps the minutes, the desk."""

from secretariat.foundation.audit.admission import SIGNED_IN, Entry, admitting

READING = admitting(
    "whoever was at the meeting or belongs to its body, the desk and the auditor", "authority", "desk reads",
    "desk runs", "auditor",
)  # fmt: skip
THERE = admitting("whoever was at the meeting, in person", "authority")
OWNING = admitting("whoever the action was given to, in person", "authority")
KEPT = admitting(
    "the chair and the secretary of the body, who reads the desk, and the auditor", "authority", "desk reads",
    "desk runs", "auditor",
)  # fmt: skip
KEEPING = admitting(
    "the chair and the secretary of the body, and who runs the desk", "authority", "desk runs"
)
LISTED = admitting(
    "chairs and secretaries of bodies, the desk and the auditor", "chair", "authority", "desk reads", "desk runs",
    "auditor",
)  # fmt: skip
ADDRESSES = {
    "my_minutes:minutes": Entry("minutes and resolutions of my bodies", SIGNED_IN),
    "my_minutes:one": Entry("minutes, to be read", READING),
    "my_minutes:word": Entry("minutes as a document", READING),
    "my_minutes:resolution_word": Entry("a resolution as a document", READING),
    "my_minutes:correct": Entry("a correction of minutes", THERE, post=422, in_person=True),
    "my_minutes:read": Entry("minutes, read", THERE, get=None, post=302, in_person=True),
    "my_minutes:resolution": Entry("a resolution", READING),
    "my_minutes:done": Entry("an action of mine, carried out", OWNING, post=422, in_person=True),
    "my_minutes:evidence": Entry("a file that shows what was done", READING),
    "desk_minutes:evidence": Entry("a file that shows what was done", KEPT),
    "desk_minutes:minutes": Entry("minutes", LISTED),
    "desk_minutes:draft": Entry("minutes, drafted", KEEPING, post=302),
    "desk_minutes:one": Entry("minutes, kept", KEPT),
    "desk_minutes:word": Entry("minutes as a document", KEPT),
    "desk_minutes:resolution_word": Entry("a resolution as a document", KEPT),
    "desk_minutes:edit": Entry("a paragraph of minutes, edited", KEEPING, post=422),
    "desk_minutes:act": Entry("minutes, circulated and adopted", KEEPING, post=422),
    "desk_minutes:correction": Entry("a correction, taken or refused", KEEPING, post=422),
    "desk_minutes:resolutions": Entry("the register of resolutions", LISTED),
    "desk_minutes:enter": Entry("a resolution, entered", KEEPING, post=422),
    "desk_minutes:resolution": Entry("a resolution, kept", KEPT),
    "desk_minutes:publish": Entry("a resolution, published", KEEPING, get=None, post=302),
    "desk_minutes:new_action": Entry("an action of a resolution, set", KEEPING, post=422),
    "desk_minutes:action": Entry("an action, changed, closed or dropped", KEEPING, post=422),
}  # fmt: skip
READERS = {"minutes": READING}
FILES = {
    "minutes.Evidence.file": admitting(
        "whoever belongs to the body or was given an action, and the desk",
        "authority",
        "desk reads",
        "desk runs",
    )
}
EXPORTS = {
    "minutes.minutes": "desk_minutes:minutes", "minutes.resolutions": "desk_minutes:resolutions",
}  # fmt: skip
