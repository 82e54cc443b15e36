"""The notices of the foundation itself: what happens to an account, and mail that came back."""

from django.utils.translation import gettext_lazy as _

from secretariat.foundation.notices.kinds import Group, Kind, register_group, register_kind
from secretariat.foundation.notices.rules import can_see_mail

register_group(
    Group("account", _("Your account"), _("Signing in, rights, and who may act for you."), 10, mandatory=True)
)
register_group(
    Group("mail", _("Mail that came back"), _("For who sends mail from the desk."), 90, shown=can_see_mail)
)


def _account(key: str, subject: object, text: object, **values: object) -> None:
    register_kind(
        Kind(key, "account", subject, text, **{"path": "/my/", "action": _("Open my page"), **values})
    )


_account(
    "account_changed",
    _("Your account was changed"),
    _("How you sign in was changed.\n\nIf this was not you, please tell the secretariat at once."),
)
_account(
    "account_new_device",
    _("Your account was used on a new device"),
    _(
        "Somebody signed in to your account on %(at)s with a device it had not been used with before: %(device)s, "
        "from %(network)s.\n\nIf this was not you, please tell the secretariat at once."
    ),
    times=("at",),
    sample={"at": "2026-03-02T09:30:00+00:00", "device": "Firefox, Linux", "network": "192.0.2.0"},
)
_account(
    "account_email_changed",
    _("Your address was changed"),
    _(
        "From now on you sign in with another e-mail address, and mail goes there.\n\nIf this was not you, please "
        "tell the secretariat at once."
    ),
)
_account(
    "account_password_set",
    _("A password was set for your account"),
    _(
        "From now on you can sign in with a password too.\n\nIf this was not you, please tell the secretariat at "
        "once."
    ),
)
_account(
    "account_password_removed",
    _("The password of your account was removed"),
    _(
        "From now on you sign in without a password.\n\nIf this was not you, please tell the secretariat at once."
    ),
)
_account(
    "account_second_steps_reset",
    _("How you sign in was reset"),
    _(
        "Your passkeys, authenticator app and recovery codes were removed at your request, and your sessions ended. "
        "Add them anew when you sign in.\n\nIf this was not you, please tell the secretariat at once."
    ),
)
_STEPS = {
    "account_passkey_added": _("A passkey was added to your account"),
    "account_passkey_removed": _("A passkey of your account was removed"),
    "account_authenticator_added": _("An authenticator app was added to your account"),
    "account_authenticator_removed": _("The authenticator app of your account was removed"),
    "account_recovery_codes_added": _("Recovery codes were made for your account"),
    "account_recovery_codes_removed": _("The recovery codes of your account were removed"),
    "account_recovery_codes_renewed": _("The recovery codes of your account were made anew"),
}
for _key, _subject in _STEPS.items():
    _account(
        _key,
        _subject,
        _("How you sign in was changed.\n\nIf this was not you, please tell the secretariat at once."),
    )
_account(
    "assistant_named",
    _("You may act for somebody"),
    _("Somebody named you as assistant. Whom you may act for, in what and until when stands on your page."),
)
_account(
    "grant_given",
    _("You were given a right"),
    _("You were given the right “%(right)s”. It stands among your roles."),
    sample={"right": "desk.read"},
)
_account(
    "grant_ended",
    _("A right of yours has ended"),
    _("You no longer hold the right “%(right)s”."),
    sample={"right": "desk.read"},
)
_account(
    "token_made",
    _("An access token was made for your account"),
    _(
        "With the access token “%(token)s” a program may act for you until it ends.\n\nIf this was not you, end it and "
        "please tell the secretariat at once."
    ),
    sample={"token": "Nightly export"},
)
_END = {"token": "Nightly export", "until": "2026-03-16T09:30:00+00:00"}


def _token(key: str, subject: object, text: object, **values: object) -> None:
    named = {"path": "/my/tokens/", "action": _("See the access tokens"), "sample": _END} | values
    register_kind(Kind(key, "account", subject, text, **named))


_token(
    "token_expires",
    _("Your access token “%(token)s” ends soon"),
    _("It holds until %(until)s. If a program still needs it, make another one and give it to the program."),
    times=("until",),
)
_token(
    "service_token_made",
    _("A service token was made: %(token)s"),
    _(
        "With the service token “%(token)s” a program comes in for the organisation. You are told because you answer "
        "for it, or because you administer security.\n\nIf you know nothing of it, please tell the system "
        "administrator at once."
    ),
    sample={"token": "Nightly export"},
)
_token(
    "service_token_given",
    _("You answer for the service token “%(token)s”"),
    _(
        "You are the one who is asked what the program with this token does, and who is told before it ends. It "
        "stands among your access tokens."
    ),
    sample={"token": "Nightly export"},
)
_token(
    "service_token_renewed",
    _("The service token “%(token)s” was renewed"),
    _(
        "There is another secret under the same name. The old one holds until %(until)s: see that the program has the "
        "new one."
    ),
    times=("until",),
)
_token(
    "service_token_expires",
    _("The service token “%(token)s” ends soon"),
    _(
        "You answer for it. It holds until %(until)s. If the program still needs it, ask the system administrator to "
        "renew it."
    ),
    times=("until",),
)
_account(
    "export_ready",
    _("The copy of your data is ready"),
    _(
        "You asked for a copy of everything that is kept of you. It can be fetched for seven days.\n\nIf this was not "
        "you, please tell the secretariat at once."
    ),
    path="/my/privacy/",
    action=_("To my data"),
)
_account(
    "erasure_refused",
    _("Your wish to be forgotten was answered"),
    _("Your data were not erased. The reason stands on your page."),
    path="/my/privacy/",
    action=_("To my data"),
)
register_kind(
    Kind(
        "mail_bounced",
        "mail",
        _("Mail to %(address)s came back"),
        _("The mail could not be delivered: %(reason)s"),
        path="/desk/notices/returned/",
        action=_("See what came back"),
        sample={"address": "somebody@example.org", "reason": "5.1.1 no such user"},
    )
)
