"""Who may come in here: everybody to her own views."""

from secretariat.foundation.audit.admission import OWNER, SIGNED_IN, Entry

ADDRESSES = {
    "my_preferences:views": Entry("my saved views", SIGNED_IN),
    "my_preferences:save_view": Entry("a view saved", SIGNED_IN, get=None, post=302),
    "my_preferences:change_view": Entry("a view of mine", OWNER, get=None, post=302),
}
