"""Invitations: the desk sends them, strangers answer; and who asks for an account herself, where that is open."""

from datetime import timedelta

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from secretariat.foundation.accounts import forms, queries
from secretariat.foundation.accounts.actions import invitations as actions
from secretariat.foundation.accounts.actions.limits import require_within
from secretariat.foundation.accounts.actor import WrongState
from secretariat.foundation.accounts.doors import admitting
from secretariat.foundation.accounts.mail import send
from secretariat.foundation.accounts.models import Account, Invitation
from secretariat.foundation.accounts.naming import find_person
from secretariat.foundation.accounts.origin import address_of

HOUR = timedelta(hours=1)
form_page = require_http_methods(["GET", "HEAD", "POST"])
inviting = admitting("desk.run", "security.administer", "system.run")


@form_page
@never_cache
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Become an account: who holds the link reads the mailbox. It works once."""
    require_within(f"accept:{address_of(request)}", 60, HOUR, timezone.now())
    invitation = queries.invitation_of(token, timezone.now())
    if invitation is None:
        return render(request, "accounts/invitation_void.html", status=404)
    is_known = invitation.person_id is not None
    form = None if is_known else forms.AcceptForm(request.POST or None)
    if request.method != "POST" or (form and not form.is_valid()):
        return render(request, "accounts/invitation.html", {"invitation": invitation, "form": form})
    name = form.cleaned_data if form else {"given_name": "", "family_name": "", "name_zh": ""}
    if request.user.is_authenticated:  # whoever sits at this browser is somebody else
        logout(request)
    try:
        account = actions.accept_invitation(
            invitation=invitation, actor=request.actor, now=timezone.now(), **name
        )
    except (ValueError, WrongState):  # the person got an account elsewhere, or two came at a time
        return render(request, "accounts/invitation_void.html", status=404)
    messages.success(request, _("Welcome. Add a passkey, and next time you sign in without a mail."))
    return perform_login(request, account, redirect_url=reverse("my_accounts:account"))


@form_page
@never_cache
def sign_up(request: HttpRequest) -> HttpResponse:
    """Ask for an account. The page says the same whether the address has one or not; the mail tells."""
    if settings.SIGN_UP != "open":
        raise Http404
    form = forms.SignInForm(request.POST or None)
    if not form.is_valid():
        return render(request, "accounts/sign_up.html", {"form": form})
    email, now = form.cleaned_data["email"], timezone.now()
    require_within(f"sign-up:{address_of(request)}", 20, HOUR, now)
    require_within(f"sign-up:{email}", 3, HOUR, now)
    if Account.objects.filter(email=email).exists():
        send("account_exists", email, {"link": request.build_absolute_uri(settings.LOGIN_URL)})
    else:
        _found, token = actions.ask_for_account(
            email=email, language=get_language(), actor=request.actor, now=now
        )
        send("sign_up", email, {"link": _link(request, token)})
    return render(request, "accounts/sign_up_sent.html", {"address": email})


@form_page
@inviting
def invitations(request: HttpRequest) -> HttpResponse:
    """Whom the desk invited, and the form that invites."""
    form = forms.InvitationForm(
        request.POST or None, initial={"language": get_language(), **request.GET.dict()}
    )
    if request.method == "POST" and form.is_valid() and _invite(request, form):
        return redirect("desk_accounts:invitations")
    rows = list(queries.visible_invitations(request.actor)[:200])
    return render(
        request, "accounts/invitations.html", {"form": form, "invitations": rows, "now": timezone.now()}
    )


def _invite(request: HttpRequest, form: forms.InvitationForm) -> bool:
    require_within(f"invite:{request.actor.account_id}", 100, HOUR, timezone.now())
    values = form.cleaned_data
    person = find_person(values["person"]) if values["person"] else None
    if values["person"] and (person is None or person.has_account):
        form.add_error("person", _("There is no person with this number who has no account yet."))
        return False
    try:
        invitation, token = actions.invite(
            email=values["email"], reason=values["reason"], language=values["language"],
            person_id=person.person_id if person else None, actor=request.actor, now=timezone.now(),
        )  # fmt: skip
    except ValueError as problem:
        form.add_error("email", str(problem))
        return False
    _send(request, invitation, token)
    return True


@require_POST
@inviting
def send_again(request: HttpRequest, pk: str) -> HttpResponse:
    """Send an invitation again, under a new link."""
    invitation = get_object_or_404(queries.visible_invitations(request.actor), pk=pk)
    try:
        invitation, token = actions.send_again(invitation=invitation, actor=request.actor, now=timezone.now())
    except WrongState as problem:
        messages.error(request, str(problem))
    else:
        _send(request, invitation, token)
    return redirect("desk_accounts:invitations")


@require_POST
@inviting
def withdraw(request: HttpRequest, pk: str) -> HttpResponse:
    """Take an invitation back."""
    invitation = get_object_or_404(queries.visible_invitations(request.actor), pk=pk)
    try:
        actions.withdraw_invitation(invitation=invitation, actor=request.actor, now=timezone.now())
    except WrongState as problem:
        messages.error(request, str(problem))
    return redirect("desk_accounts:invitations")


def _send(request: HttpRequest, invitation: Invitation, token: str) -> None:
    values = {"link": _link(request, token), "reason": invitation.reason, "until": invitation.expires_at}
    send("invitation", invitation.email, values, invitation.language)
    messages.success(request, _("The invitation was sent to %(email)s.") % {"email": invitation.email})


def _link(request: HttpRequest, token: str) -> str:
    return request.build_absolute_uri(reverse("accounts:accept", args=[token]))
