"""What allauth asks us: words, mails, who must show herself again, and what signing in leaves behind."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secretariat.foundation.accounts.actions import set_password
from secretariat.foundation.accounts.actions.sign_ins import record_sign_in
from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.accounts.logic import new_token
from secretariat.foundation.accounts.mail import send
from secretariat.foundation.accounts.models import Account
from secretariat.foundation.accounts.origin import DEVICE_COOKIE, device, network

MAILS = {"account/email/login_code": "code", "account/email/unknown_account": "unknown"}


class AccountAdapter(DefaultAccountAdapter):
    """Our answers to allauth's questions about accounts."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": gettext_lazy("Address and password do not belong together."),
        "incorrect_code": gettext_lazy("This code is not right."),
        "incorrect_password": gettext_lazy("This password is not right."),
        "too_many_login_attempts": gettext_lazy("Too many tries. Ask for a new code."),
        "account_inactive": gettext_lazy("This account is closed."),
    }

    def login(self, request: HttpRequest, user: Account) -> None:
        """Sign in, and keep with which device; the owner is told where it is a new one."""
        records = get_authentication_records(request, user)
        super().login(request, user)
        remember_sign_in(request, user, records[-1]["method"] if records else "link")

    def is_reauthentication_required(self, *, app: str, **_named: Any) -> bool:
        """Who signed in a moment ago has shown who she is."""
        signed_in = self.request.session.get("signed_in")
        age = timezone.now().timestamp() - signed_in["at"] if signed_in else None
        return age is None or age > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT

    def set_password(self, user: Account, password: str) -> None:
        actor = Actor(account_id=user.pk)
        set_password(account=user, password=password, actor=actor, now=timezone.now())

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a code, or say that there is no account, which takes as long."""
        account = Account.objects.filter(email=email.lower()).first()
        send(MAILS[template_prefix], email, {"code": context.get("code", "")}, account and account.language)

    def send_notification_mail(self, *_arguments: Any, **_named: Any) -> None:
        """What happened to an account is told by the notices."""

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *arguments: Any,
        message: str | None = None, **named: Any,
    ) -> None:  # fmt: skip
        """Pass on what is wrong; the rest our pages say themselves."""
        if message:
            messages.add_message(request, level, message)

    def get_reauthentication_methods(self, user: Account) -> list[dict[str, Any]]:
        labels = {
            "reauthenticate": _("With the password"),
            "reauthenticate_by_code": _("With a code by mail"),
            "mfa_reauthenticate": _("With the authenticator app or a recovery code"),
            "mfa_reauthenticate:webauthn": _("With a passkey"),
        }
        methods = super().get_reauthentication_methods(user)
        # The strongest first: allauth offers the first one at once.
        order = [
            "mfa_reauthenticate:webauthn",
            "mfa_reauthenticate",
            "reauthenticate_by_code",
            "reauthenticate",
        ]
        found = sorted(methods, key=lambda method: order.index(method["id"]))
        return [{**method, "description": labels[method["id"]]} for method in found]

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts come from invitations and from our own page, never from allauth's."""
        return False


def remember_sign_in(request: HttpRequest, account: Account, method: str) -> None:
    """Keep in the session and with the account when, how and with which device it signed in."""
    key = request.COOKIES.get(DEVICE_COOKIE, "")
    if not key:
        key = request.new_device_key = new_token()
    now = timezone.now()
    request.session["signed_in"] = {
        "at": now.timestamp(), "seen": now.timestamp(), "method": method, "device": device(request),
        "network": network(request),
    }  # fmt: skip
    record_sign_in(
        account=account, method=method, device_key=key, label=device(request), network=network(request),
        actor=Actor(account_id=account.pk), now=now,
    )  # fmt: skip
