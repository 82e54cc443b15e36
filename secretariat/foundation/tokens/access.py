"""Who may come in here: everybody to her own tokens, to the organisation's who keeps and who watches them."""

from secretariat.foundation.audit.admission import IN_PERSON, OWNER, Entry, admitting

KEEPERS = admitting("who administers the system", "system")
READERS_OF_SERVICE = admitting(
    "who administers the system or security, or reads the trail", "system", "security", "auditor"
)
ADDRESSES = {
    "my_tokens:tokens": Entry("my access tokens", IN_PERSON, in_person=True),
    "my_tokens:new": Entry("a new token", IN_PERSON, get=302, post=302, in_person=True),
    "my_tokens:revoke": Entry(
        "a token of mine, or one I answer for, ended", OWNER, get=None, post=302, in_person=True
    ),
    "desk_tokens:tokens": Entry("service tokens", READERS_OF_SERVICE),
    "desk_tokens:token": Entry("a service token and what was done to it", READERS_OF_SERVICE),
    "desk_tokens:new": Entry("a new service token", KEEPERS, get=302, post=302),
    "desk_tokens:renew": Entry("a service token renewed", KEEPERS, get=None, post=302),
    "desk_tokens:hand_over": Entry(
        "another person to answer for a service token", KEEPERS, get=None, post=302
    ),
    "desk_tokens:revoke": Entry("a service token, ended", KEEPERS, get=None, post=302),
}
EXPORTS = {"tokens.service": "desk_tokens:tokens"}
