"""Who may come in here: the desk, to what may be meant by a number or a name."""

from secretariat.foundation.audit.admission import DESK, Entry

ADDRESSES = {"desk_refs:suggest": Entry("what may be meant, while somebody writes", DESK)}
