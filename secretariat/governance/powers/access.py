"""Who may come in here: who runs the desk. What is published is read on the pages of bodies."""

from secretariat.foundation.audit.admission import DESK_RUN, Entry

ADDRESSES = {
    "desk_powers:new": Entry("a power, written down", DESK_RUN, post=200),
    "desk_powers:end": Entry("a power, ended", DESK_RUN, post=200),
    "desk_powers:delegate": Entry("a power, delegated", DESK_RUN, post=200),
    "desk_powers:revoke": Entry("a delegation, revoked", DESK_RUN, post=200),
}
