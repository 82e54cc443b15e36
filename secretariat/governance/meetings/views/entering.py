"""Who comes to the pages of a meeting, and what is told when an act is refused."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import REFUSALS
from secretariat.foundation.accounts.doors import signed_in
from secretariat.governance.meetings import actions, queries, rules
from secretariat.governance.meetings.forms import AlternateForm
from secretariat.governance.meetings.models import AgendaItem, Meeting


def running(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view the meeting that the reader may run, or read at the desk; for anybody else there is no such page.

    The meeting says whether she ``may_run`` it. A recused chair reads on: only her powers have passed.
    """

    @wraps(view)
    def guarded(request: HttpRequest, number: str, **named: Any) -> HttpResponse:
        found, actor = meeting_for(request, number), request.actor
        found.may_run = rules.can_run(actor, found)
        found.is_chairs = actor.has("body.chair", found.body_id)
        if not (found.may_run or _reads_on(request, found)):
            return _passed(request, found)
        return view(request, found, **named)

    return signed_in(guarded)


def back_to_running(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Go back to the page that runs the meeting; a deputy whose act gave the chair back, to her own page of it."""
    if _reads_on(request, meeting) or rules.can_run(request.actor, meeting):
        return redirect("desk_meetings:run", meeting.ref.number)
    return redirect("my_meetings:meeting", meeting.ref.number)


def _passed(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Tell whoever presided that the chair has passed on, by whosever act; for others there is no such page.

    What she asked for is not done. A part of a page that asks for itself is told to load anew as a whole.
    """
    if not (meeting.state == "open" and queries.has_presided(request.actor, meeting)):
        raise Http404
    status = 200 if request.method in ("GET", "HEAD") else 403
    answer = render(request, "meetings/passed.html", {"meeting": meeting, "door": "my"}, status=status)
    if "HX-Request" in request.headers:
        answer.headers["HX-Refresh"] = "true"
    return answer


def _reads_on(request: HttpRequest, meeting: Meeting) -> bool:
    """Whether she reads the pages of a running meeting whoever presides: its body's chair, and the desk."""
    return bool(meeting.is_chairs or request.actor.has("desk.read"))


def meeting_for(request: HttpRequest, number: str) -> Meeting:
    """Return the meeting with this number that the reader may see, or answer that there is none."""
    try:
        return queries.get_meeting_for(request.actor, number)
    except Meeting.DoesNotExist:
        raise Http404 from None


def item_in(meeting: Meeting, pk: UUID) -> AgendaItem:
    """Return an item of a meeting's agenda, or answer that there is none."""
    item = AgendaItem.objects.filter(meeting=meeting, pk=pk).select_related("subject", "parent").first()
    if item is None:
        raise Http404
    item.meeting = meeting
    return item


def doing(request: HttpRequest, act: Callable[[], Any], said: str = "") -> bool:
    """Do something for a button; what is refused is told. Returns whether it was done."""
    try:
        act()
    except REFUSALS as refused:
        messages.error(request, str(refused))
        return False
    messages.success(request, said or _("Done."))
    return True


def told_wrong(request: HttpRequest, form: BaseForm) -> bool:
    """Tell what is wrong with a form that has no page of its own. Returns whether anything is."""
    if form.is_valid():
        return False
    wrong = [
        f"{form.fields[n].label or n}: {t}"
        for n, texts in form.errors.items()
        if n in form.fields
        for t in texts
    ]
    messages.error(request, " ".join(wrong))
    return True


def standing_in(request: HttpRequest, meeting: Meeting, *, off: bool = False) -> None:
    """Call an alternate in to a meeting, or off, as the form of a page says."""
    form = AlternateForm(request.POST)
    if told_wrong(request, form):
        return
    key, reason = form.cleaned_data["key"], form.cleaned_data["reason"]
    said = {"meeting": meeting, "reason": reason, "actor": request.actor, "now": timezone.now()}
    among = {one.call.pk if off and one.call else one.term.pk: one for one in queries.alternates_in(meeting)}
    if (one := among.get(key)) is None or (off and not one.is_for_this):
        raise Http404
    if off:
        doing(request, lambda: actions.call_off_alternate(call=one.call, **said))
    else:
        doing(
            request,
            lambda: actions.call_in_alternate(term=one.term, **said),
            _("The alternate is called in."),
        )
