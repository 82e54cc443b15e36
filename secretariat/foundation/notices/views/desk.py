from collections.abc import Callable
from uuid import UUID

from csp.decorators import csp, csp_update
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe

from secretariat.foundation.accounts.doors import admitting, desk_only
from secretariat.foundation.notices import actions, queries, rules
from secretariat.foundation.notices.forms import WriteAgainForm
from secretariat.foundation.notices.kinds import Kind, all_kinds, find_kind, group_of
from secretariat.foundation.notices.models import Message
from secretariat.foundation.notices.rendering import Letter, sample_letter
from secretariat.foundation.notices.views.tabs import mail_tabs

PAGE = 50
# A mail brings its styles along; it gets nothing else, and is framed by our own page only.
PREVIEW = {
    "default-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "form-action": ["'none'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'self'"],
}
LANGUAGES = (("en", "English"), ("zh-hans", "中文"))


def _listed(request: HttpRequest, rows: Callable, title: str) -> HttpResponse:
    page = Paginator(rows(request.actor), PAGE).get_page(request.GET.get("page"))
    turn = f"{request.path}?page="
    context = {
        "title": title, "tabs": mail_tabs(request), "page": page, "rows": queries.with_subjects(list(page)),
        "previous": turn + str(page.previous_page_number()) if page.has_previous() else "",
        "next": turn + str(page.next_page_number()) if page.has_next() else "",
        "may_open": rules.can_open_address(request.actor),
    }  # fmt: skip
    return render(request, "notices/desk_mail.html", context)


@require_safe
@desk_only
def mail(request: HttpRequest) -> HttpResponse:
    """Every mail that went out or waits, with what became of it."""
    return _listed(request, queries.mail, _("Mail"))


@require_safe
@desk_only
def returned(request: HttpRequest) -> HttpResponse:
    """The mail that came back or could not be sent, and why."""
    return _listed(request, queries.bounced_mail, _("Mail that came back"))


@require_http_methods(["GET", "HEAD", "POST"])
@admitting("desk.run")
def address(request: HttpRequest, pk: UUID) -> HttpResponse:
    """An address that is no account's and that mail came back from: with a reason, mail goes there again."""
    try:
        message = queries.get_dead_mail(request.actor, pk)
    except Message.DoesNotExist:
        raise Http404 from None
    form = WriteAgainForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.write_again(message=message, actor=request.actor, now=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Mail goes to %(address)s again.") % {"address": message.address})
        except ValueError as refused:
            messages.error(request, str(refused))
        return redirect("desk_notices:returned")
    return render(request, "notices/desk_address.html", {"message": message, "form": form})


@require_safe
@desk_only
def kinds(request: HttpRequest) -> HttpResponse:
    """Everything this installation can tell people, by group."""
    rows = [(kind, group_of(kind)) for kind in all_kinds()]
    return render(request, "notices/desk_kinds.html", {"rows": rows, "tabs": mail_tabs(request)})


@require_safe
@csp_update({"frame-src": ["'self'"]})
@desk_only
def kind(request: HttpRequest, key: str) -> HttpResponse:
    """One kind as its readers get it: text and HTML, in each language, with made-up values."""
    found, language = _asked(request, key)
    path = reverse("desk_notices:kind", args=[key])
    context = {
        "kind": found, "group": group_of(found), "letter": _letter(found, language), "language": language,
        "tabs": [
            {"label": name, "path": f"{path}?language={code}", "is_current": code == language}
            for code, name in LANGUAGES
        ],
    }  # fmt: skip
    return render(request, "notices/desk_kind.html", context)


@require_safe
@csp(PREVIEW)
@xframe_options_sameorigin
@desk_only
def preview(request: HttpRequest, key: str) -> HttpResponse:
    """The mail itself, framed by the page above."""
    return HttpResponse(_letter(*_asked(request, key)).html)


def _asked(request: HttpRequest, key: str) -> tuple[Kind, str]:
    try:
        found = find_kind(key)
    except LookupError:
        raise Http404 from None
    asked = request.GET.get("language", request.LANGUAGE_CODE)
    return found, asked if asked in dict(LANGUAGES) else "en"


def _letter(kind: Kind, language: str) -> Letter:
    with override(language):
        return sample_letter(kind)
