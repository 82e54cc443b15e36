from allauth.socialaccount import views as elsewhere
from django.urls import include, path, re_path

from secretariat.foundation.accounts.doors import in_person
from secretariat.foundation.accounts.views import (
    account,
    assistants,
    confirming,
    entry,
    invitations,
    security,
    steps,
)
from secretariat.foundation.accounts.views import elsewhere as saml

public = [
    path("invitation/<str:token>/", invitations.accept, name="accept"),
    path("sign-up/", invitations.sign_up, name="sign_up"),
    path("sign-in/password/", entry.Password.as_view(), name="password_sign_in"),
]

my = [
    path("account/", account.account, name="account"),
    path("account/language/", account.language, name="language"),
    path("account/email/", account.email, name="email"),
    path("account/email/<str:token>/", account.email_confirm, name="email_confirm"),
    path("account/password/", account.password, name="password"),
    path("account/password/remove/", account.password_remove, name="password_remove"),
    path("account/sessions/end/", account.sessions_end, name="sessions_end"),
    path("assistants/", assistants.assistants, name="assistants"),
    path("assistants/act/", assistants.act, name="act"),
    path("assistants/<uuid:pk>/withdraw/", assistants.withdraw, name="withdraw_assistant"),
]

desk = [
    path("invitations/", invitations.invitations, name="invitations"),
    path("invitations/<uuid:pk>/again/", invitations.send_again, name="send_again"),
    path("invitations/<uuid:pk>/withdraw/", invitations.withdraw, name="withdraw_invitation"),
    path("accounts/", security.accounts, name="accounts"),
    path("accounts/<uuid:pk>/", security.account, name="account"),
    path("accounts/<uuid:pk>/grant/", security.grant, name="grant"),
    re_path(r"^accounts/(?P<pk>[0-9a-f-]{36})/(?P<what>close|open|reset)/$", security.change, name="change"),
    path("grants/<uuid:pk>/end/", security.end_grant, name="end_grant"),
]

# The addresses allauth looks for by its own names. Both names of the first lead to the same page.
sign_in = entry.SignIn.as_view()
entrance = [
    path("sign-in/", sign_in, name="account_login"),
    path("sign-in/", sign_in, name="account_request_login_code"),
    path("sign-in/code/", entry.Code.as_view(), name="account_confirm_login_code"),
    path("sign-in/passkey/", entry.Passkey.as_view(), name="mfa_login_webauthn"),
    path("sign-in/second-step/", entry.SecondStep.as_view(), name="mfa_authenticate"),
    path("sign-in/closed/", entry.closed, name="account_inactive"),
    path("sign-in/with/", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("sign-in/with/saml/<str:organization_slug>/acs/finish/", saml.finish, name="saml_finish_acs"),
    path("sign-in/with/saml/<str:organization_slug>/sls/", saml.sign_out, name="saml_sls"),
    path("sign-in/with/", include("allauth.socialaccount.providers.saml.urls")),
    path("sign-in/with/cancelled/", elsewhere.login_cancelled, name="socialaccount_login_cancelled"),
    path("sign-in/with/error/", elsewhere.login_error, name="socialaccount_login_error"),
    path("sign-up/", invitations.sign_up, name="account_signup"),
    path("sign-out/", entry.sign_out, name="account_logout"),
    path("my/account/confirm/password/", in_person(confirming.ByPassword.as_view()), name="account_reauthenticate"),
    path(
        "my/account/confirm/", in_person(confirming.AskForCode.as_view()),
        name="account_request_reauthentication_code",
    ),
    path(
        "my/account/confirm/code/", in_person(confirming.ByCode.as_view()),
        name="account_confirm_reauthentication_code",
    ),
    path("my/account/confirm/app/", in_person(confirming.ByApp.as_view()), name="mfa_reauthenticate"),
    path(
        "my/account/confirm/passkey/", in_person(confirming.ByPasskey.as_view()),
        name="mfa_reauthenticate_webauthn",
    ),
    path("my/account/steps/", in_person(steps.account), name="mfa_index"),
    path("my/account/passkeys/", in_person(steps.account), name="mfa_list_webauthn"),
    path("my/account/passkeys/add/", in_person(steps.AddPasskey.as_view()), name="mfa_add_webauthn"),
    path("my/account/passkeys/<int:pk>/", in_person(steps.NamePasskey.as_view()), name="mfa_edit_webauthn"),
    path(
        "my/account/passkeys/<int:pk>/remove/", in_person(steps.RemovePasskey.as_view()),
        name="mfa_remove_webauthn",
    ),
    path("my/account/app/add/", in_person(steps.AddAuthenticator.as_view()), name="mfa_activate_totp"),
    path("my/account/app/remove/", in_person(steps.RemoveAuthenticator.as_view()), name="mfa_deactivate_totp"),
    path("my/account/codes/", in_person(steps.RecoveryCodes.as_view()), name="mfa_view_recovery_codes"),
    path("my/account/codes/new/", in_person(steps.NewRecoveryCodes.as_view()), name="mfa_generate_recovery_codes"),
]  # fmt: skip
