"""Who may come in here: those who sit in the body, those who run it, the desk; the public to what is public."""

from secretariat.foundation.audit.admission import admitting

WITHIN = admitting(
    "whoever sits in the body or serves it, the desk and the auditor; everybody, where the meeting and the item are "
    "public", "authority", "desk reads", "desk runs", "auditor",
)  # fmt: skip
READERS = {"meetings": WITHIN}
FILES = {"meetings.PaperVersion.file": WITHIN}
