"""Who may come in here; what each of them finds, the query decides row by row."""

from secretariat.foundation.audit.admission import DESK, MACHINE, SIGNED_IN, Entry

ADDRESSES = {
    "my_search:search": Entry("the search in what is public, mine, or my organisation's", SIGNED_IN),
    "desk_search:search": Entry("the search at the desk", DESK),
}
COMMANDS = {"reindex": MACHINE}
