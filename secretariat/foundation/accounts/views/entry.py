"""The front door: a code by mail, a passkey, a password, the second step, and who is known elsewhere."""

from datetime import timedelta
from typing import Any

from allauth.account.views import ConfirmLoginCodeView, LoginView, RequestLoginCodeView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from secretariat.foundation.accounts import forms
from secretariat.foundation.accounts.actions.limits import clear, hit, require_within
from secretariat.foundation.accounts.elsewhere import ways_elsewhere
from secretariat.foundation.accounts.origin import address_of

QUARTER = timedelta(minutes=15)
BY_ADDRESS = 60  # tries of one network address in a quarter of an hour: a whole office may sit behind it
CODES = 5  # codes one mailbox is sent in a quarter of an hour
GUESSES = 5  # wrong passwords or second steps for one account from one place in a quarter of an hour
FROM_ANYWHERE = 30  # and from all places together
GUESSES_OF_A_CODE = 3


class Limited:
    """Count what is sent, by where it comes from, before anything else is done with it."""

    def post(self, request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        require_within(f"sign-in:{address_of(request)}", BY_ADDRESS, QUARTER, timezone.now())
        return super().post(request, *arguments, **named)


class SignIn(Limited, RequestLoginCodeView):
    """Ask for a code. What the page answers is the same whether there is an account or not."""

    template_name = "accounts/sign_in.html"
    form_class = forms.SignInForm

    def form_valid(self, form: forms.SignInForm) -> HttpResponse:
        require_within(f"code:{form.cleaned_data['email']}", CODES, QUARTER, timezone.now())
        return super().form_valid(form)

    def get_context_data(self, **named: Any) -> dict[str, Any]:
        return super().get_context_data(
            **named,
            elsewhere=ways_elsewhere(self.request),
            may_sign_up=settings.SIGN_UP == "open",
            is_demo=settings.MODE == "demo",
        )


class Code(Limited, ConfirmLoginCodeView):
    """Enter the code. Each code may be guessed three times, also where the guesses come all at once."""

    template_name = "accounts/code.html"
    form_class = forms.SignInCodeForm

    def post(self, request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        state = self._process.state
        if request.POST.get("action") == "resend":
            require_within(f"code:{state.get('email')}", CODES, QUARTER, timezone.now())
        else:
            sent = f"guess:{state.get('email')}:{state['at']}:{state['resend_count']}"
            require_within(sent, GUESSES_OF_A_CODE, QUARTER, timezone.now())
        return super().post(request, *arguments, **named)


class Password(Limited, LoginView):
    """Sign in with a password, where one was chosen."""

    template_name = "accounts/password_sign_in.html"
    form_class = forms.PasswordSignInForm

    def post(self, request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        login = request.POST.get("login", "").strip().lower()
        require_within(f"password:{login}:{address_of(request)}", GUESSES, QUARTER, timezone.now())
        require_within(f"password:{login}", FROM_ANYWHERE, QUARTER, timezone.now())
        return super().post(request, *arguments, **named)

    def form_valid(self, form: forms.PasswordSignInForm) -> HttpResponse:
        clear(f"password:{form.cleaned_data['login']}:{address_of(self.request)}")
        return super().form_valid(form)


class SecondStep(Limited, AuthenticateView):
    """The second step: app, recovery code or passkey. A code opens the door once, also to two who come at a time."""

    template_name = "accounts/second_step.html"
    form_class = forms.SecondStepForm

    def post(self, request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        account = self.stage.login.user.pk
        require_within(f"step:{account}", GUESSES, QUARTER, timezone.now())
        return super().post(request, *arguments, **named)

    def form_valid(self, form: Any) -> HttpResponse:
        code = form.cleaned_data.get("code")
        account = self.stage.login.user.pk
        if code and not hit(f"used:{account}:{code}", 1, QUARTER, timezone.now()).allowed:
            form.add_error("code", _("This code was used already. Wait for the next one."))
            return self.form_invalid(form)
        clear(f"step:{account}")
        return super().form_valid(form)


class Passkey(Limited, LoginWebAuthnView):
    """Sign in with a passkey: the browser asks for what to sign and sends it back signed."""

    template_name = "accounts/sign_in.html"

    def form_invalid(self, form: Any) -> HttpResponse:
        messages.error(self.request, _("This passkey is not known here."))
        return redirect("account_login")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out; the session is gone for good."""
    logout(request)
    return redirect("/")


def closed(request: HttpRequest) -> HttpResponse:
    """The account was closed; only its owner comes to know, who showed that it is hers."""
    return render(request, "accounts/closed.html", status=403)
