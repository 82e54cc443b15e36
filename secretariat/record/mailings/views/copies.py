from csp.decorators import csp, csp_update
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from secretariat.foundation.accounts.doors import desk_only
from secretariat.record.mailings import queries
from secretariat.record.mailings.copying import copies_of
from secretariat.record.mailings.models import Copy, Mailing
from secretariat.record.mailings.setting import mail_of_copy, stop_path
from secretariat.record.mailings.states import MailingState
from secretariat.record.mailings.tables import CopiesTable
from secretariat.record.mailings.views.reaching import found_or_404

# A mail brings its styles along; it gets nothing else, and is framed by our own page only.
FRAMED = {
    "default-src": ["'none'"], "style-src": ["'unsafe-inline'"], "form-action": ["'none'"], "base-uri": ["'none'"],
    "frame-ancestors": ["'self'"],
}  # fmt: skip
LANGUAGES = (("en", "English"), ("zh-hans", "中文"))


@require_safe
@csp_update({"frame-src": ["'self'"]})
@desk_only
def preview(request: HttpRequest, number: str) -> HttpResponse:
    """What a real reader of a language gets, one after the other."""
    found = found_or_404(request, number)
    shown, place, total = _asked(request, found)
    language = _language(request)
    here = f"language={language}"
    context = {
        "mailing": found, "copy": shown, "place": place, "total": total, "query": f"{here}&n={place}",
        "letter": mail_of_copy(shown, stop_path(shown)) if shown else None,
        "previous": f"?{here}&n={place - 1}" if place > 1 else "",
        "next": f"?{here}&n={place + 1}" if place < total else "",
        "tabs": [
            {"label": name, "path": f"?language={code}", "is_current": code == language}
            for code, name in LANGUAGES
        ],
    }  # fmt: skip
    return render(request, "mailings/preview.html", context)


@require_safe
@csp(FRAMED)
@xframe_options_sameorigin
@desk_only
def preview_mail(request: HttpRequest, number: str) -> HttpResponse:
    """The mail itself, framed by the page above."""
    shown, _place, _total = _asked(request, found_or_404(request, number))
    return HttpResponse(mail_of_copy(shown, stop_path(shown)).html if shown else "")


def _language(request: HttpRequest) -> str:
    asked = request.GET.get("language", "en")
    return asked if asked in dict(LANGUAGES) else "en"


def _asked(request: HttpRequest, found: Mailing) -> tuple[Copy | None, int, int]:
    """The copy asked for among those of a language that go, its place and how many there are."""
    language, now = _language(request), timezone.now()
    rows = (
        [copy for copy in copies_of(found, request.actor, now) if not copy.skipped and copy.language == language]
        if found.state == MailingState.DRAFT
        else found.copies.filter(skipped="", language=language).select_related("mailing").order_by("name", "pk")
    )  # fmt: skip
    total = len(rows) if isinstance(rows, list) else rows.count()
    asked = request.GET.get("n", "1")
    place = min(max(int(asked) if asked.isascii() and asked.isdigit() else 1, 1), max(total, 1))
    return (rows[place - 1] if total else None), place, total


@require_safe
@desk_only
def copies(request: HttpRequest, number: str) -> HttpResponseBase:
    """Whom it goes to, who gets none and why, what came back."""
    found = found_or_404(request, number)
    rows = queries.copies_with_mail(found).select_related("mailing__ref")
    return CopiesTable(rows).respond(request, "mailings/copies.html", {"mailing": found})


@require_safe
@csp_update({"frame-src": ["'self'"]})
@desk_only
def copy(request: HttpRequest, number: str, pk: str) -> HttpResponse:
    """One copy, word for word, and what became of it."""
    found = found_or_404(request, number)
    shown = _copy(found, pk)
    return render(request, "mailings/copy.html", {"mailing": found, "copy": shown})


@require_safe
@csp(FRAMED)
@xframe_options_sameorigin
@desk_only
def mail(request: HttpRequest, number: str, pk: str) -> HttpResponse:
    """The mail of a copy, framed by its page."""
    shown = _copy(found_or_404(request, number), pk)
    return HttpResponse(mail_of_copy(shown, stop_path(shown)).html)


def _copy(found: Mailing, pk: str) -> Copy:
    shown = queries.copy_of(found, pk)
    if shown is None:
        raise Http404
    return shown
