from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from secretariat.foundation.accounts.doors import admitting, desk_only
from secretariat.record.correspondence import actions, queries, rules
from secretariat.record.correspondence.forms import IncomingForm, ReasonForm
from secretariat.record.correspondence.models import Incoming
from secretariat.record.tasks.queries import staff
from secretariat.registry.people.timeline import timeline_of
from secretariat.registry.refs.panels import panels_of

PAGE = 50


@require_safe
@desk_only
def index(request: HttpRequest) -> HttpResponse:
    """What came in: what waits first, by the day it wants an answer."""
    which = request.GET.get("which", "registered")
    chosen = queries.visible_incoming(request.actor)
    if which == "registered":
        chosen = chosen.filter(state="registered")
    page = Paginator(chosen, PAGE).get_page(request.GET.get("page"))
    context = {
        "letters": page.object_list, "which": which, "today": timezone.localdate(),
        "previous": page.has_previous() and f"?which={which}&page={page.previous_page_number()}",
        "next": page.has_next() and f"?which={which}&page={page.next_page_number()}",
    }  # fmt: skip
    return render(request, "correspondence/all_incoming.html", context)


@admitting("desk.run")
def new(request: HttpRequest) -> HttpResponse:
    form = IncomingForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        letter = actions.register_incoming(**form.cleaned_data, actor=request.actor, now=timezone.now())
        return redirect("desk_correspondence:incoming", letter.ref.number)
    return render(
        request, "correspondence/incoming_form.html", {"form": form}, status=422 if form.errors else 200
    )


@require_safe
@desk_only
def incoming(request: HttpRequest, number: str) -> HttpResponse:
    """One letter that came in, who deals with it, and what answers it."""
    found, today = _get(request, number), timezone.localdate()
    context = {
        "letter": found, "answers": found.answered_by.select_related("ref", "wording"), "today": today,
        "staff": staff(today), "form": ReasonForm(), "may_write": rules.can_write(request.actor),
        "events": timeline_of([found.pk]), "panels": panels_of("ref", found.ref_id, request.actor, today),
    }  # fmt: skip
    return render(request, "correspondence/incoming.html", context)


@require_POST
@admitting("desk.run")
def act(request: HttpRequest, number: str, verb: str) -> HttpResponse:
    """Take it over, or close it without an answer."""
    found, who = _get(request, number), {"actor": request.actor, "now": timezone.now()}
    if verb == "take":
        me = staff(timezone.localdate()).filter(pk=request.actor.person_id).first()
        actions.hand_over_incoming(letter=found, owner=me, answer_by=found.answer_by, **who)
    elif verb == "close":
        try:
            actions.close_incoming(letter=found, reason=request.POST.get("reason", ""), **who)
        except ValueError as refused:
            messages.error(request, str(refused))
    else:
        raise Http404
    return redirect("desk_correspondence:incoming", number)


def _get(request: HttpRequest, number: str) -> Incoming:
    found = queries.get_incoming_for(request.actor, number)
    if found is None:
        raise Http404
    return found
