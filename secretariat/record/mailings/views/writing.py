from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from secretariat.foundation.accounts.doors import admitting
from secretariat.record.mailings import actions
from secretariat.record.mailings.audiences import find_audience
from secretariat.record.mailings.copying import copies_of
from secretariat.record.mailings.forms import WORDS, MailingForm
from secretariat.record.mailings.models import Mailing
from secretariat.record.mailings.states import MailingState
from secretariat.record.mailings.views.reaching import found_or_404


@require_POST
@admitting("desk.run")
def begin(request: HttpRequest, audience: str) -> HttpResponse:
    """From a list of the desk: write to the rows ticked, or to all that its filter leaves."""
    try:
        find_audience(audience)
        rows = [UUID(row) for row in request.POST.getlist("row")]
    except (LookupError, ValueError):
        raise Http404 from None
    every = bool(request.POST.get("all"))
    if not rows and not every:
        messages.error(request, _("Choose the rows first."))
        return redirect(_back(request))
    query = "&".join(filter(None, [request.POST.get("query", ""), request.GET.urlencode()]))
    mailing = actions.begin_mailing(
        audience=audience, query=query, rows=() if every else rows,
        actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return redirect("desk_mailings:write", mailing.ref.number)


def _back(request: HttpRequest) -> str:
    asked = request.POST.get("next", "")
    return asked if url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else "/desk/mailings/"


@admitting("desk.run")
def write(request: HttpRequest, number: str) -> HttpResponse:
    """The words of a draft, in English and Chinese, and to how many they would go."""
    mailing = found_or_404(request, number)
    if mailing.state != MailingState.DRAFT:
        return redirect("desk_mailings:mailing", number)
    form = MailingForm(
        request.POST if request.method == "POST" else None, initial=_initial(mailing),
        today=timezone.localdate(), drafter=mailing.drafter_id,
    )  # fmt: skip
    now = timezone.now()
    if request.method == "POST" and form.is_valid():
        actions.change_mailing(mailing=mailing, **form.cleaned_data, actor=request.actor, now=now)
        where = "preview" if request.POST.get("do") == "preview" else "mailing"
        return redirect(f"desk_mailings:{where}", number)
    copies = copies_of(mailing, request.actor, now)
    context = {
        "mailing": mailing, "form": form, "audience": find_audience(mailing.audience), "total": len(copies),
        "going": sum(not copy.skipped for copy in copies), "list_path": _list_path(mailing),
    }  # fmt: skip
    return render(request, "mailings/write.html", context, status=422 if form.errors else 200)


def _initial(mailing: Mailing) -> dict[str, object]:
    words = {name: getattr(mailing.text, name) for name in WORDS}
    return {**words, "deadline": mailing.text.deadline, "kind": mailing.kind, "approver": mailing.approver_id}


def _list_path(mailing: Mailing) -> str:
    return find_audience(mailing.audience).path(mailing.query)
