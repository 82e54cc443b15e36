"""Who may come in here: everybody to her own data in person; wishes for who keeps accounts; looks for the auditor."""

from secretariat.foundation.audit.admission import IN_PERSON, MACHINE, OWNER, Entry, admitting

WISH_READERS = admitting(
    "who runs or reads the desk, administers security or reads the trail",
    "desk reads", "desk runs", "security", "auditor",
)  # fmt: skip
KEEPERS = admitting("who administers security", "security")
AUDITORS = admitting("who reads the trail", "auditor")
ADDRESSES = {
    "my_privacy:privacy": Entry("what is kept of me", IN_PERSON, in_person=True),
    "my_privacy:ask_copy": Entry("a copy of it, asked for", IN_PERSON, get=None, post=302, in_person=True),
    "my_privacy:copy": Entry("the copy", OWNER, get=302, in_person=True),
    "my_privacy:looks": Entry("who has looked at my data", IN_PERSON, in_person=True),
    "my_privacy:ask_erasure": Entry("to be forgotten", IN_PERSON, get=302, post=302, in_person=True),
    "my_privacy:withdraw": Entry("my wish, taken back", OWNER, get=None, post=302, in_person=True),
    "desk_privacy:wishes": Entry("wishes to be forgotten", WISH_READERS, post=200),
    "desk_privacy:wish": Entry("one of them, with what would go and what would stay", WISH_READERS),
    "desk_privacy:erase": Entry("a person's data, erased", KEEPERS, get=None, post=302),
    "desk_privacy:refuse": Entry("a wish, refused", KEEPERS, get=None, post=302),
    "desk_privacy:run_out": Entry("what has run out", WISH_READERS),
    "desk_privacy:apply_retention": Entry("what has run out, erased", KEEPERS, get=None, post=302),
    "desk_privacy:disclosures": Entry("who looked at what", AUDITORS),
}
COMMANDS = {"retention": MACHINE}
