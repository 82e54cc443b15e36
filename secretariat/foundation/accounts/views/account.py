"""One's own account: address, language, password, sessions."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from secretariat.foundation.accounts import actions, forms, queries
from secretariat.foundation.accounts.actions.limits import require_within
from secretariat.foundation.accounts.actions.sign_ins import end_sessions
from secretariat.foundation.accounts.doors import in_person, recently
from secretariat.foundation.accounts.mail import send
from secretariat.foundation.accounts.models import Account

SALT = "secretariat.foundation.accounts.email"
LINK_AGE = timedelta(hours=2)
form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@in_person
def account(request: HttpRequest) -> HttpResponse:
    """How I sign in, where I am signed in, in which language I am written to."""
    steps = list(Authenticator.objects.filter(user=request.user).order_by("created_at"))
    context = {
        "passkeys": [step.wrap() for step in steps if step.type == Authenticator.Type.WEBAUTHN],
        "authenticator": next((step for step in steps if step.type == Authenticator.Type.TOTP), None),
        "codes": next(
            (step.wrap() for step in steps if step.type == Authenticator.Type.RECOVERY_CODES), None
        ),
        "has_password": request.user.has_usable_password(),
        "sessions": queries.sessions_of(request.actor, request.session.session_key, timezone.now()),
        "form": forms.LanguageForm(initial={"language": request.user.language}),
    }
    return render(request, "accounts/account.html", context)


@require_POST
@in_person
def language(request: HttpRequest) -> HttpResponse:
    """Set the language of mails and notices, and of the pages on this device."""
    form = forms.LanguageForm(request.POST)
    response = redirect("my_accounts:account")
    if form.is_valid():
        code = form.cleaned_data["language"]
        actions.set_language(account=request.user, language=code, actor=request.actor, now=timezone.now())
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, code, max_age=timedelta(days=365), samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
    return response


@form_page
@in_person
@recently
def email(request: HttpRequest) -> HttpResponse:
    """Ask for another address. What the page says does not tell whether the address has an account."""
    form = forms.EmailForm(request.POST or None)
    if not form.is_valid():
        return render(request, "accounts/email.html", {"form": form})
    require_within(f"email:{request.user.pk}", 5, timedelta(hours=1), timezone.now())
    address = form.cleaned_data["email"]
    if Account.objects.filter(email=address).exists():
        send("address_taken", address, {}, request.user.language)
    else:
        token = signing.dumps([str(request.user.pk), request.user.email, address], salt=SALT)
        link = request.build_absolute_uri(reverse("my_accounts:email_confirm", args=[token]))
        send("email_change", address, {"link": link}, request.user.language)
    return render(request, "accounts/email_sent.html", {"address": address})


@form_page
@in_person
def email_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Use the new address: the link was read there, by whoever is signed in here. It works once."""
    try:
        pk, old, new = signing.loads(token, salt=SALT, max_age=LINK_AGE)
    except signing.BadSignature:
        raise Http404 from None
    if (pk, old) != (str(request.user.pk), request.user.email):
        raise Http404
    if request.method != "POST":
        return render(request, "accounts/email_confirm.html", {"address": new})
    try:
        actions.change_email(account=request.user, email=new, actor=request.actor, now=timezone.now())
    except ValueError as problem:
        messages.error(request, str(problem))
    else:
        send("email_changed", old, {"address": new}, request.user.language)
        messages.success(request, _("Your address was changed."))
    return redirect("my_accounts:account")


@form_page
@sensitive_post_parameters("password")
@in_person
@recently
def password(request: HttpRequest) -> HttpResponse:
    """Choose a password, or another one. Other sessions end by it."""
    form = forms.PasswordForm(request.POST or None, account=request.user)
    if not form.is_valid():
        return render(request, "accounts/password.html", {"form": form})
    chosen = form.cleaned_data["password"]
    actions.set_password(account=request.user, password=chosen, actor=request.actor, now=timezone.now())
    update_session_auth_hash(request, request.user)
    messages.success(request, _("Your password was set."))
    return redirect("my_accounts:account")


@require_POST
@in_person
@recently
def password_remove(request: HttpRequest) -> HttpResponse:
    """Do without a password: a code or a passkey opens the door."""
    actions.set_password(account=request.user, password=None, actor=request.actor, now=timezone.now())
    update_session_auth_hash(request, request.user)
    messages.success(request, _("Your password was removed."))
    return redirect("my_accounts:account")


@require_POST
@in_person
def sessions_end(request: HttpRequest) -> HttpResponse:
    """End one session, or all but this one."""
    here = request.session.session_key
    chosen = request.POST.get("session")
    keys = queries.session_keys_of(request.actor, here, only=chosen)
    ended = end_sessions(account=request.user, keys=keys, actor=request.actor, now=timezone.now())
    if ended:
        messages.success(request, _("Signed out there."))
    return redirect("my_accounts:account")
