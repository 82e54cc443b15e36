"""My access tokens: the list, a new one shown once, and their end."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from secretariat.foundation.accounts.doors import in_person, recently
from secretariat.foundation.tokens import queries
from secretariat.foundation.tokens.actions import make_token, revoke_token
from secretariat.foundation.tokens.forms import TokenForm
from secretariat.foundation.tokens.logic import standing
from secretariat.foundation.tokens.models import Token
from secretariat.foundation.tokens.scopes import scopes_open_to
from secretariat.foundation.tokens.tables import known_by, used_on, words_of_scopes


@require_safe
@in_person
def tokens(request: HttpRequest) -> HttpResponse:
    """My tokens and those of the organisation I answer for: what each may be used for, and when it last was."""
    now = timezone.now()
    rows = [_in_words(token, now) for token in queries.tokens_of(request.actor)]
    service = [_in_words(token, now) for token in queries.service_tokens_of(request.actor, now)]
    return render(request, "tokens/tokens.html", {"tokens": rows, "service": service})


def _in_words(token: Token, now: datetime) -> dict[str, object]:
    """A token as its table shows it."""
    return {
        "row": token, "scopes": words_of_scopes(token), "used_on": used_on(token), "known_by": known_by(token),
        "state": standing(token.expires_at, token.revoked_at, now),
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@in_person
@recently
def new(request: HttpRequest) -> HttpResponse:
    """Make a token. Its secret is in this answer and nowhere else, so there is no page to come back to."""
    form = TokenForm(request.POST or None, scopes=scopes_open_to(request.actor))
    if request.method == "POST" and form.is_valid():
        try:
            token, secret = make_token(**form.cleaned_data, actor=request.actor, now=timezone.now())
        except ValueError as problem:
            form.add_error(None, str(problem))
        else:
            return render(request, "tokens/made.html", {"token": token, "secret": secret})
    return render(request, "tokens/new.html", {"form": form})


@require_POST
@in_person
def revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End a token at once."""
    try:
        token = queries.get_token_for(request.actor, pk)
    except Token.DoesNotExist:
        raise Http404 from None
    revoke_token(token=token, actor=request.actor, now=timezone.now())
    messages.success(request, _("The access token has ended."))
    return redirect("my_tokens:tokens")
