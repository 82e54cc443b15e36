"""Who may come in here. Who reads a kept file, the apps say that own files."""

from secretariat.foundation.audit.admission import OWNER, SIGNED_IN, Entry

ADDRESSES = {
    "my_files:begin": Entry("an upload begun", SIGNED_IN, get=None, post=422),
    "my_files:upload": Entry("an upload of mine", OWNER, post=422),
}
