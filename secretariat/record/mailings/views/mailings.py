from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from secretariat.foundation.accounts.actor import REFUSALS
from secretariat.foundation.accounts.doors import admitting, desk_only
from secretariat.record.mailings import actions, queries, rules
from secretariat.record.mailings.audiences import find_audience
from secretariat.record.mailings.copying import copies_of
from secretariat.record.mailings.forms import RemarkForm
from secretariat.record.mailings.models import Mailing
from secretariat.record.mailings.states import MailingState, Skipped
from secretariat.record.mailings.views.reaching import found_or_404
from secretariat.registry.people.timeline import timeline_of

PAGE = 50


@require_safe
@desk_only
def index(request: HttpRequest) -> HttpResponse:
    """What was written to many, the latest first."""
    page = Paginator(queries.visible_mailings(request.actor), PAGE).get_page(request.GET.get("page"))
    context = {
        "mailings": queries.with_counts(page.object_list),
        "previous": page.has_previous() and f"?page={page.previous_page_number()}",
        "next": page.has_next() and f"?page={page.next_page_number()}",
    }  # fmt: skip
    return render(request, "mailings/mailings.html", context)


@require_safe
@desk_only
def mailing(request: HttpRequest, number: str) -> HttpResponse:
    """One mailing: its words, to whom it goes and who gets none, how far it has come."""
    found = found_or_404(request, number)
    standing = _standing(request, found)
    context = {
        "mailing": found, "standing": standing, "audience": find_audience(found.audience),
        "skipped": [(Skipped(reason).label, reason, n) for reason, n in _skipped(request, found)],
        "may_approve": rules.can_approve(request.actor, found), "may_write": rules.can_write(request.actor),
        "can_go": rules.can_go(found, standing.going), "alone": settings.MAILING_ALONE, "form": RemarkForm(),
        "events": timeline_of([found.pk]), "texts": _texts(found),
        "list_path": find_audience(found.audience).path(found.query),
    }  # fmt: skip
    part = request.headers.get("HX-Target") == "mailing-progress"
    response = render(request, "mailings/progress.html" if part else "mailings/mailing.html", context)
    if part and found.state != MailingState.SENDING:
        response["HX-Refresh"] = "true"  # what may be done now has changed too
    return response


def _standing(request: HttpRequest, found: Mailing) -> queries.Standing:
    """How far it has come; of a draft, how many there would be."""
    if found.state != MailingState.DRAFT:
        return queries.standing_of(found)
    copies = copies_of(found, request.actor, timezone.now())
    skipped = sum(bool(copy.skipped) for copy in copies)
    return queries.Standing(len(copies), 0, len(copies) - skipped, 0, skipped)


def _skipped(request: HttpRequest, found: Mailing) -> list[tuple[str, int]]:
    return queries.skipped_counts(found) if found.state != MailingState.DRAFT else []


def _texts(found: Mailing) -> list[tuple[str, str, str]]:
    text = found.text
    both = [("en", text.subject_en, text.text_en), ("zh-hans", text.subject_zh, text.text_zh)]
    return [each for each in both if each[1] or each[2]]


VERBS: dict[str, Callable[..., Mailing]] = {
    "put-up": actions.put_up, "approve": actions.approve, "start": actions.start, "stop": actions.stop,
    "resume": actions.resume, "drop": actions.drop_mailing,
}  # fmt: skip


@require_POST
@admitting("desk.run")
def act(request: HttpRequest, number: str, verb: str) -> HttpResponse:
    """Put up, approve, send back, start, stop, go on or drop; what is refused is said on the mailing's page."""
    found, who = found_or_404(request, number), {"actor": request.actor, "now": timezone.now()}
    if verb not in {*VERBS, "send-back"}:
        raise Http404
    try:
        if verb == "send-back":
            actions.send_back(mailing=found, remark=request.POST.get("remark", ""), **who)
        else:
            VERBS[verb](mailing=found, **who)
    except REFUSALS as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("%(number)s: kept.") % {"number": number})
    return redirect("desk_mailings:mailing", number)
