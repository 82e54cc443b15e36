"""Who may come in here: whoever is signed in, to what is hers."""

from secretariat.foundation.audit.admission import SIGNED_IN, Entry, admitting

REPRESENTATIVES = admitting("a representative of the organisation", "representative")
ADDRESSES = {
    "my:home": Entry("what waits for me", SIGNED_IN),
    "my:roles": Entry("as what I act", SIGNED_IN),
    "my:change_role": Entry(
        "the role of a colleague; without saying which there is nothing", REPRESENTATIVES, get=None, post=404
    ),
}
