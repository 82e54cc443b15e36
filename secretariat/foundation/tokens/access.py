"""Who may come in here: everybody to her own tokens, in person."""

from secretariat.foundation.audit.admission import IN_PERSON, OWNER, Entry

ADDRESSES = {
    "my_tokens:tokens": Entry("my access tokens", IN_PERSON, in_person=True),
    "my_tokens:new": Entry("a new token", IN_PERSON, get=302, post=302, in_person=True),
    "my_tokens:revoke": Entry("a token of mine, ended", OWNER, get=None, post=302, in_person=True),
}
