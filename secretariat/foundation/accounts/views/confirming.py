"""Show again who you are, before something that matters."""

from typing import Any

from allauth.account.views import (
    ConfirmReauthenticationCodeView,
    ReauthenticateView,
    RequestReauthenticationCodeView,
)
from allauth.mfa.base.views import ReauthenticateView as ReauthenticateWithAppView
from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from secretariat.foundation.accounts import forms
from secretariat.foundation.accounts.actions.limits import require_within
from secretariat.foundation.accounts.views.entry import CODES, GUESSES, QUARTER


class Limited:
    """Count the tries of an account, and keep in the session that they went well."""

    key, tries = "confirm", GUESSES

    def post(self, request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        require_within(f"{self.key}:{request.actor.account_id}", self.tries, QUARTER, timezone.now())
        return super().post(request, *arguments, **named)


def shown_again(request: HttpRequest) -> None:
    """From now on, for a while, she need not show it again."""
    signed_in = request.session.get("signed_in", {"seen": timezone.now().timestamp()})
    request.session["signed_in"] = {**signed_in, "at": timezone.now().timestamp()}


class Confirming(Limited):
    """A form that shows who she is at once."""

    def form_valid(self, form: Any) -> HttpResponse:
        shown_again(self.request)
        return super().form_valid(form)


class ByPassword(Confirming, ReauthenticateView):
    template_name = "accounts/confirm.html"
    form_class = forms.ConfirmByPasswordForm


class ByApp(Confirming, ReauthenticateWithAppView):
    template_name = "accounts/confirm.html"
    form_class = forms.ConfirmByAppForm


class ByPasskey(Confirming, ReauthenticateWebAuthnView):
    template_name = "accounts/confirm_passkey.html"

    def form_invalid(self, form: Any) -> HttpResponse:
        messages.error(self.request, _("This passkey is not known here."))
        return redirect(self.request.get_full_path())


class AskForCode(Limited, RequestReauthenticationCodeView):
    """Send a code to the account's own address: there is no other to choose."""

    template_name = "accounts/confirm_ask.html"
    key, tries = "confirm-code", CODES

    def get_form_kwargs(self) -> dict[str, Any]:
        named = super().get_form_kwargs()
        if self.request.method == "POST":
            named["data"] = {"recipient": self.request.user.email}
        return named


class ByCode(Limited, ConfirmReauthenticationCodeView):
    template_name = "accounts/confirm.html"
    form_class = forms.ConfirmByCodeForm

    def _verify_form_valid(self, form: Any) -> HttpResponse:
        shown_again(self.request)
        return super()._verify_form_valid(form)
