"""Passkeys, the authenticator app and recovery codes of one's own account."""

from typing import Any

from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import AddWebAuthnView, EditWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse, reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from secretariat.foundation.accounts import forms

ACCOUNT = reverse_lazy("my_accounts:account")


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Where allauth would list what the account's own page lists."""
    return HttpResponseRedirect(ACCOUNT)


class Told:
    """Say on the next page what was done."""

    done: str | Promise = ""

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        messages.success(self.request, self.done)
        return response

    def get_success_url(self) -> str:
        if getattr(self, "did_generate_recovery_codes", False):
            return reverse("mfa_view_recovery_codes")
        return str(ACCOUNT)


class AddPasskey(Told, AddWebAuthnView):
    """Add a passkey: it signs in by itself, so the device must know its owner and keep it."""

    template_name = "accounts/passkey_add.html"
    form_class = forms.AddPasskeyForm
    done = _("The passkey was added.")

    def get_context_data(self, **named: Any) -> dict[str, Any]:
        context = super().get_context_data(**named)
        return {**context, "js_data": {"creation_options": auth.begin_registration(self.request.user, True)}}


class NamePasskey(Told, EditWebAuthnView):
    template_name = "accounts/passkey_name.html"
    form_class = forms.NamePasskeyForm
    done = _("The passkey was renamed.")


class RemovePasskey(Told, RemoveWebAuthnView):
    template_name = "accounts/passkey_remove.html"
    done = _("The passkey was removed.")


class AddAuthenticator(Told, ActivateTOTPView):
    template_name = "accounts/authenticator_add.html"
    form_class = forms.AddAuthenticatorForm
    done = _("The authenticator app was added.")


class RemoveAuthenticator(Told, DeactivateTOTPView):
    template_name = "accounts/authenticator_remove.html"
    done = _("The authenticator app was removed.")


class RecoveryCodes(ViewRecoveryCodesView):
    """Shown to who has just shown who she is."""

    template_name = "accounts/recovery_codes.html"


class NewRecoveryCodes(GenerateRecoveryCodesView):
    template_name = "accounts/recovery_codes_new.html"
