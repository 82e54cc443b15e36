"""Who may come in here: the desk."""

from secretariat.foundation.audit.admission import DESK, Entry

ADDRESSES = {
    "desk_organisations:organisations": Entry("organisations", DESK),
    "desk_organisations:organisation": Entry("an organisation", DESK),
}
EXPORTS = {"organisations.organisations": "desk_organisations:organisations"}
