"""Who may come in here: the desk."""

from secretariat.foundation.audit.admission import DESK, DESK_RUN, Entry

ADDRESSES = {
    "desk_organisations:organisations": Entry("organisations", DESK),
    "desk_organisations:organisation": Entry("an organisation", DESK),
    "desk_organisations:new": Entry("a new organisation", DESK_RUN, post=200),
    "desk_organisations:change": Entry("an organisation, corrected", DESK_RUN, post=200),
}
EXPORTS = {"organisations.organisations": "desk_organisations:organisations"}
