"""Who may come in here. A ticket opens the channels its holder may hear, and no other."""

from secretariat.foundation.audit.admission import (
    DESK,
    EVERYBODY,
    OWNER,
    Entry,
)

ADDRESSES = {
    "live:ticket": Entry(
        "a ticket for what is live; without saying which there is nothing", EVERYBODY, get=404
    )
}
CHANNELS = {"account": OWNER, "desk": DESK}
