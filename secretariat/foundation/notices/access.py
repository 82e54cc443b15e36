"""Who may come in here: everybody to her own notices, the desk to the mail, who keeps the system to its jobs."""

from secretariat.foundation.audit.admission import (
    DESK,
    DESK_RUN,
    EVERYBODY,
    MACHINE,
    OWNER,
    SIGNED_IN,
    Entry,
    admitting,
)

JOBS = admitting("the desk, and who administers the system", "desk reads", "desk runs", "system")
RETRYING = admitting("who administers the system", "system")
ADDRESSES = {
    "notices:stop": Entry("no more mails of a group, by the link in one", EVERYBODY, post=200),
    "my_notices:inbox": Entry("my notices", SIGNED_IN),
    "my_notices:count": Entry("how many are unread", SIGNED_IN),
    "my_notices:read_all": Entry(
        "all read; without saying which there is nothing", SIGNED_IN, get=None, post=404
    ),
    "my_notices:preferences": Entry("how I am told", SIGNED_IN, post=200),
    "my_notices:try_again": Entry("mail to my address again", SIGNED_IN, get=None, post=302),
    "my_notices:notice": Entry("a notice of mine", OWNER),
    "my_notices:open": Entry("what a notice of mine is about", OWNER, get=302),
    "desk_notices:mail": Entry("mail that went out", DESK),
    "desk_notices:returned": Entry("mail that came back", DESK),
    "desk_notices:address": Entry("an address that mail came back from, opened again", DESK_RUN, post=200),
    "desk_notices:jobs": Entry("jobs that failed", JOBS),
    "desk_notices:retry": Entry("a failed job, tried again", RETRYING, get=None, post=302),
    "desk_notices:kinds": Entry("what can be told", DESK),
    "desk_notices:kind": Entry("a kind of notice", DESK),
    "desk_notices:preview": Entry("a mail as it looks", DESK),
}
COMMANDS = {"bounce": MACHINE}
