"""Who may come in here: everybody signs in, one's own account is for oneself, accounts are for who keeps them."""

from secretariat.foundation.audit.admission import (
    EVERYBODY,
    IN_PERSON,
    OWNER,
    SIGNED_IN,
    Entry,
    admitting,
)

KEEPERS = admitting("who administers security", "security")
READERS_OF_ACCOUNTS = admitting("who administers security or reads the trail", "security", "auditor")
INVITING = admitting("who runs the desk or administers security", "desk runs", "security")

# Signing in, under the names allauth looks for. Who is signed in already is led on.
ENTRANCE = {
    "account_login": Entry("signing in", EVERYBODY, post=200, inside=302),
    "account_request_login_code": Entry("signing in", EVERYBODY, post=200, inside=302),
    "account_confirm_login_code": Entry("the code from the mail", EVERYBODY, get=302, post=302),
    "mfa_login_webauthn": Entry("signing in with a passkey", EVERYBODY, get=302, post=302),
    "mfa_authenticate": Entry("the second step", EVERYBODY, get=302, post=302),
    "account_inactive": Entry("the account was closed", EVERYBODY, get=403),
    "socialaccount_login_cancelled": Entry("signing in elsewhere was cancelled", EVERYBODY),
    "socialaccount_login_error": Entry("signing in elsewhere failed", EVERYBODY, get=401),
    "account_signup": Entry("asking for an account, where that is open", EVERYBODY, get=404, post=404),
    "account_logout": Entry("signing out", EVERYBODY, get=None, post=302),
    "accounts:accept": Entry("an invitation, by its link", EVERYBODY, post=200),
    "accounts:sign_up": Entry("asking for an account, where that is open", EVERYBODY, get=404, post=404),
    "accounts:password_sign_in": Entry("signing in with a password", EVERYBODY, post=200, inside=302),
    "openid_connect_login": Entry("a provider of sign-in, where one is set up", EVERYBODY, get=404, post=404),
    "openid_connect_callback": Entry("back from a provider of sign-in", EVERYBODY, get=404),
    "saml_login": Entry("a provider of sign-in, where one is set up", EVERYBODY, get=404, post=404),
    "saml_acs": Entry("back from a provider of sign-in", EVERYBODY, get=302, post=302),
    "saml_finish_acs": Entry("back from a provider of sign-in", EVERYBODY, get=404),
    "saml_sls": Entry("a provider of sign-in signs out", EVERYBODY, get=404, post=404),
    "saml_metadata": Entry("what a provider of sign-in needs to know", EVERYBODY, get=404),
}
# How one signs in is nothing for an assistant: 403 says so. What changes it asks first who she is: 302.
OWN_ACCOUNT = {
    "my_accounts:account": Entry("my account", IN_PERSON, in_person=True),
    "my_accounts:language": Entry(
        "the language I am written to in", IN_PERSON, get=None, post=302, in_person=True
    ),
    "my_accounts:email": Entry("another address", IN_PERSON, get=302, post=302, in_person=True),
    "my_accounts:email_confirm": Entry(
        "another address, by the link in its mail", OWNER, post=302, in_person=True
    ),
    "my_accounts:password": Entry("a password", IN_PERSON, get=302, post=302, in_person=True),
    "my_accounts:password_remove": Entry("no password", IN_PERSON, get=None, post=302, in_person=True),
    "my_accounts:sessions_end": Entry("where I am signed in", IN_PERSON, get=None, post=302, in_person=True),
    "my_accounts:assistants": Entry("my assistants", IN_PERSON, post=200, in_person=True),
    "my_accounts:act": Entry("for whom I act", SIGNED_IN, get=None, post=302),
    "my_accounts:withdraw_assistant": Entry("an assistance", OWNER, get=None, post=302, in_person=True),
    "account_reauthenticate": Entry("who I am, by password", IN_PERSON, get=302, post=302, in_person=True),
    "account_request_reauthentication_code": Entry(
        "who I am, by a code", IN_PERSON, post=302, in_person=True
    ),
    "account_confirm_reauthentication_code": Entry(
        "the code from the mail", IN_PERSON, get=302, post=302, in_person=True
    ),
    "mfa_reauthenticate": Entry("who I am, by app", IN_PERSON, get=302, post=302, in_person=True),
    "mfa_reauthenticate_webauthn": Entry(
        "who I am, by passkey", IN_PERSON, get=302, post=302, in_person=True
    ),
    "mfa_index": Entry("my second steps", IN_PERSON, get=302, in_person=True),
    "mfa_list_webauthn": Entry("my passkeys", IN_PERSON, get=302, in_person=True),
    "mfa_add_webauthn": Entry("one more passkey", IN_PERSON, get=302, post=302, in_person=True),
    "mfa_edit_webauthn": Entry("the name of a passkey", IN_PERSON, get=302, post=302, in_person=True),
    "mfa_remove_webauthn": Entry("a passkey less", IN_PERSON, get=302, post=302, in_person=True),
    "mfa_activate_totp": Entry("an app", IN_PERSON, get=302, post=302, in_person=True),
    "mfa_deactivate_totp": Entry("no app", IN_PERSON, get=404, post=404, in_person=True),
    "mfa_view_recovery_codes": Entry("my recovery codes", IN_PERSON, get=404, in_person=True),
    "mfa_generate_recovery_codes": Entry("new recovery codes", IN_PERSON, get=302, post=302, in_person=True),
}
AT_THE_DESK = {
    "desk_accounts:invitations": Entry("invitations", INVITING, post=200),
    "desk_accounts:send_again": Entry("an invitation, sent again", INVITING, get=None, post=302),
    "desk_accounts:withdraw_invitation": Entry("an invitation, taken back", INVITING, get=None, post=302),
    "desk_accounts:accounts": Entry("accounts", READERS_OF_ACCOUNTS),
    "desk_accounts:account": Entry("an account and its grants", READERS_OF_ACCOUNTS),
    "desk_accounts:grant": Entry("a grant", KEEPERS, get=None, post=302),
    "desk_accounts:change": Entry(
        "an account closed, opened, its second step reset", KEEPERS, get=None, post=302
    ),
    "desk_accounts:end_grant": Entry("a grant, ended", KEEPERS, get=None, post=302),
}
ADDRESSES = {**ENTRANCE, **OWN_ACCOUNT, **AT_THE_DESK}
