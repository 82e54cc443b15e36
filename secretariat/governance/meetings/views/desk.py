"""Planning a meeting and keeping it: the desk, and whoever chairs or serves the body."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from secretariat.foundation.accounts.actor import REFUSALS
from secretariat.foundation.accounts.doors import signed_in
from secretariat.foundation.ui.changing import change_page
from secretariat.governance.ballots.forms import bodies_run_by
from secretariat.governance.meetings import actions, forms, queries, rules, showing
from secretariat.governance.meetings.models import Meeting
from secretariat.governance.meetings.tables import MeetingsTable
from secretariat.governance.meetings.views.entering import doing, running, told_wrong
from secretariat.registry.refs.panels import panels_of


@require_safe
@signed_in
def meetings(request: HttpRequest) -> HttpResponse:
    """The meetings of the bodies the reader chairs or serves; the desk sees all."""
    if not rules.may_come_in(request.actor):
        raise Http404
    rows = queries.visible_meetings(request.actor)
    may_plan = bodies_run_by(request.actor).exists()
    return MeetingsTable(rows).respond(request, "meetings/desk_meetings.html", {"may_plan": may_plan})


@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Plan a meeting."""
    bodies = bodies_run_by(request.actor)
    if not bodies.exists():
        raise Http404

    def save(form: forms.NewMeetingForm) -> str:
        return path_of(actions.plan_meeting(**form.cleaned_data, **who(request)))

    begun = {
        "body": bodies.filter(ref__number=request.GET.get("body", "")).first(), "speech_seconds": 180,
        "zone": timezone.get_current_timezone_name(),
    }  # fmt: skip
    form = forms.NewMeetingForm(request.POST or None, bodies=bodies, initial=begun)
    back = reverse("desk_meetings:meetings")
    page = {"heading": _("Plan a meeting"), "back": back, "button": _("Plan it"), "refusals": REFUSALS}
    return change_page(request, form, save, **page)


@running
def change(request: HttpRequest, found: Meeting) -> HttpResponse:
    """Move or rename a meeting."""

    def save(form: forms.ChangeMeetingForm) -> str:
        return path_of(actions.change_meeting(meeting=found, **form.cleaned_data, **who(request)))

    form = forms.ChangeMeetingForm(request.POST or None, initial=forms.meeting_values(found))
    if found.state == "planned":
        del form.fields["reason"]
    page = {"heading": _("Change the meeting"), "back": path_of(found), "crumbs": crumbs(found)}
    return change_page(request, form, save, refusals=REFUSALS, **page)


@require_safe
@running
def meeting(request: HttpRequest, found: Meeting) -> HttpResponse:
    """The meeting: agenda, papers, who is there, and what can be done with it now."""
    now, room = timezone.now(), queries.room_of(found)
    context = {
        "meeting": found, "may_run": found.may_run,
        "rows": showing.agenda_rows(request.actor, found, found.may_run),
        "quorum": showing.quorum_of(queries.presence_in(found, room=room)), "proxies": queries.proxies_of(found),
        "presiding": room.chair, "rules": room.procedure,
        "notice": showing.notice_of(room, now), "convening": forms.ConveneForm(), "cancelling": forms.ReasonForm(),
        "events": showing.record_of(found), "totals": queries.speech_totals(found, now),
        "panels": panels_of("meeting", found.pk, request.actor, now.date()) if found.state == "closed" else [],
    }  # fmt: skip
    return render(request, "meetings/desk_meeting.html", context)


WITH_REASON = {
    "convene": (forms.ConveneForm, actions.convene),
    "cancel": (forms.ReasonForm, actions.cancel_meeting),
}
PLAIN: dict[str, Callable[..., Any]] = {"open": actions.open_meeting, "close": actions.close_meeting}


@require_POST
@running
def act(request: HttpRequest, found: Meeting, verb: str) -> HttpResponse:
    """Convene it, cancel it, open it, close it."""
    if verb in PLAIN:
        done = doing(request, lambda: PLAIN[verb](meeting=found, **who(request)))
        return redirect(
            "desk_meetings:run" if done and verb == "open" else "desk_meetings:meeting", found.ref.number
        )
    if verb not in WITH_REASON:
        raise Http404
    kind, action = WITH_REASON[verb]
    form = kind(request.POST)
    if not told_wrong(request, form):
        doing(request, lambda: action(meeting=found, **form.cleaned_data, **who(request)))
    return redirect("desk_meetings:meeting", found.ref.number)


def who(request: HttpRequest) -> dict[str, Any]:
    """Return who does something at this moment."""
    return {"actor": request.actor, "now": timezone.now()}


def path_of(found: Meeting) -> str:
    """Return where a meeting stands at the desk."""
    return reverse("desk_meetings:meeting", args=[found.ref.number])


def crumbs(found: Meeting) -> list[dict[str, Any]]:
    """Return the way to a meeting's page."""
    return [
        {"label": _("Meetings"), "path": reverse("desk_meetings:meetings")},
        {"label": found, "path": path_of(found)},
    ]
