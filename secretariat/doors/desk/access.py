"""Who may come in here: the desk; the trail is for who reads it and nobody else."""

from secretariat.foundation.audit.admission import DESK, Entry, admitting

AUDITORS = admitting("who reads the trail", "auditor")
ADDRESSES = {
    "desk:home": Entry("what needs the desk", DESK),
    "desk:trail": Entry("the trail", AUDITORS),
    "desk:act": Entry("one act", AUDITORS),
}
EXPORTS = {"audit.trail": "desk:trail"}
