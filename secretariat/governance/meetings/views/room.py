"""The meeting while it goes on: one page to run it, the attendance, and what everybody in the room sees."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from secretariat.governance.ballots.showing import drawn, names_of
from secretariat.governance.meetings import actions, forms, queries, showing
from secretariat.governance.meetings.models import AgendaItem, Meeting, Recusal, Speech
from secretariat.governance.meetings.views.desk import crumbs, who
from secretariat.governance.meetings.views.entering import (
    back_to_running,
    doing,
    item_in,
    running,
    standing_in,
    told_wrong,
)
from secretariat.registry.people.models import Person

LISTED = 300  # places on one page of the attendance; a longer one is searched


def room_of(request: HttpRequest, found: Meeting) -> dict[str, Any]:
    """Return what both the page that runs a meeting and the screen show of the room."""
    now, room = timezone.now(), queries.room_of(found)
    rows, item = showing.agenda_rows(request.actor, found, found.may_run), room.item
    at = next((n for n, row in enumerate(rows) if item is not None and row.item.pk == item.pk), -1)
    ballots = queries.open_ballots_in(found)
    return {
        "meeting": found, "rows": rows, "row": rows[at] if at >= 0 else None,
        "next": next((row for row in rows[at + 1 :] if row.item.state == "coming"), None),
        "quorum": showing.quorum_of(queries.presence_in(found, room=room)), "presiding": room.chair,
        "speaking": showing.speaking_on(item, now), "ballots": ballots, "drawn": [drawn(b, request) for b in ballots],
        "recusals": list(room.recused.values()), "now": now, "room": room,
    }  # fmt: skip


@require_safe
@running
def run(request: HttpRequest, found: Meeting) -> HttpResponse:
    """Everything that is needed to run the meeting, on one page."""
    context = room_of(request, found)
    room = context["room"]
    if room.item is not None:
        room.item.meeting = found
    context |= {
        "may_run": found.may_run, "crumbs": crumbs(found), "voting": forms.VoteForm(),
        "there": queries.attendances_in(found),
        "proposed": queries.proposed_recusals(room.item, recused=room.recused) if room.item else [],
        "stances": forms.FloorForm.base_fields["stance"].choices, "adjourning": forms.ReasonForm(auto_id="adjourn-%s"),
    }  # fmt: skip
    return render(request, "meetings/run.html", context)


@require_safe
@running
def screen(request: HttpRequest, found: Meeting) -> HttpResponse:
    """The meeting for everybody in the room: what it is at, who speaks, how the vote stands."""
    context = room_of(request, found)
    context["rolls"] = [names_of(ballot) for ballot in context["ballots"]]
    return render(request, "meetings/screen.html", context)


@require_safe
@running
def attendance(request: HttpRequest, found: Meeting) -> HttpResponse:
    """Who has a place, and whether she is there: entered by hand with one button."""
    electorate = queries.electorate_in(found)
    room = queries.room_of(found)
    places = queries.places_for(found, electorate=electorate, room=room)
    seated, asked = showing.seated_in(room, electorate, places), request.GET.get("q", "").strip()
    if asked:
        seated = [one for one in seated if asked.casefold() in f"{one.holder} {one.voter}".casefold()]
    voters = {place.voter for place in electorate}
    context = {
        "meeting": found, "may_run": found.may_run, "seated": seated[:LISTED], "asked": asked,
        "many": len(seated), "quorum": showing.quorum_of(queries.presence_in(found, places=places, room=room)),
        "guests": [row for row in queries.attendances_in(found) if row.person_id not in voters],
        "guest_form": forms.GuestForm(), "alternates": queries.alternates_in(found), "crumbs": crumbs(found),
    }  # fmt: skip
    return render(request, "meetings/attendance.html", context)


@require_POST
@running
def attend(request: HttpRequest, found: Meeting, verb: str) -> HttpResponse:
    """Enter that somebody came, left, acts for a seat as its alternate, or was chosen to preside."""
    if verb in ("call-in", "call-off"):
        standing_in(request, found, off=verb == "call-off")
        return redirect("desk_meetings:attendance", found.ref.number)
    if verb == "guest":
        form = forms.GuestForm(request.POST)
        if told_wrong(request, form):
            return redirect("desk_meetings:attendance", found.ref.number)
        person, mode = form.cleaned_data["person"], form.cleaned_data["mode"]
    else:
        person, mode = _person(request), request.POST.get("mode", "room")
    who_ = {"meeting": found, "person": person, **who(request)}
    match verb:
        case "arrive" | "guest":
            doing(request, lambda: actions.record_arrival(mode=mode, **who_))
        case "depart":
            doing(request, lambda: actions.record_departure(**who_))
        case "choose":
            doing(request, lambda: actions.choose_deputy(**who_))
        case _:
            raise Http404
    return _back(request, found, "desk_meetings:attendance")


@require_POST
@running
def act_on_item(request: HttpRequest, found: Meeting, pk: UUID, verb: str) -> HttpResponse:
    """Take it up, be done with it, adjourn it, put it to the vote, recuse somebody, keep its list of speakers."""
    item = item_in(found, pk)
    if verb in PLAIN:
        doing(request, lambda: PLAIN[verb](item=item, **who(request)))
    elif verb in WITH_FORM:
        kind, act = WITH_FORM[verb]
        form = kind(request.POST)
        if not told_wrong(request, form):
            doing(request, lambda: act(item, form, request))
    else:
        raise Http404
    return back_to_running(request, found)


@require_POST
@running
def act_on_speech(request: HttpRequest, found: Meeting, pk: UUID, verb: str) -> HttpResponse:
    """Give the floor, pause, end, give more time, take off the list."""
    speech = get_object_or_404(Speech.objects.select_related("item"), pk=pk, item__meeting=found)
    speech.item.meeting = found
    if verb in SPEECHES:
        doing(request, lambda: SPEECHES[verb](speech=speech, **who(request)))
    elif verb == "limit":
        form = forms.LimitForm(request.POST)
        if not told_wrong(request, form):
            doing(request, lambda: actions.set_limit(speech=speech, **form.cleaned_data, **who(request)))
    else:
        raise Http404
    return back_to_running(request, found)


@require_POST
@running
def lift(request: HttpRequest, found: Meeting, pk: UUID) -> HttpResponse:
    """Let somebody take part again."""
    recusal = get_object_or_404(Recusal.objects.select_related("item"), pk=pk, item__meeting=found)
    recusal.item.meeting = found
    form = forms.ReasonForm(request.POST)
    if not told_wrong(request, form):
        doing(request, lambda: actions.lift_recusal(recusal=recusal, **form.cleaned_data, **who(request)))
    return back_to_running(request, found)


def _close_list(*, item: AgendaItem, **named: Any) -> None:
    actions.close_list(item=item, closed=not item.list_closed, **named)


def _adjourn(item: AgendaItem, form: Any, request: HttpRequest) -> None:
    actions.adjourn_item(item=item, **form.cleaned_data, **who(request))


def _vote(item: AgendaItem, form: forms.VoteForm, request: HttpRequest) -> None:
    actions.put_to_the_vote(item=item, **form.said(), **who(request))


def _recuse(item: AgendaItem, form: Any, request: HttpRequest) -> None:
    said = dict(form.cleaned_data)
    actions.recuse(item=item, person=get_object_or_404(Person, pk=said.pop("person")), **said, **who(request))


def _ask(item: AgendaItem, form: Any, request: HttpRequest) -> None:
    person = get_object_or_404(Person, pk=form.cleaned_data["person"])
    actions.ask_for_floor(item=item, person=person, stance=form.cleaned_data["stance"], **who(request))


PLAIN = {"take-up": actions.take_up, "finish": actions.finish_item, "list": _close_list}
WITH_FORM = {
    "adjourn": (forms.ReasonForm, _adjourn), "vote": (forms.VoteForm, _vote), "recuse": (forms.RecuseForm, _recuse),
    "ask": (forms.FloorForm, _ask),
}  # fmt: skip
SPEECHES = {
    "give": actions.give_floor, "pause": actions.pause_speech, "end": actions.end_speech,
    "withdraw": actions.withdraw_speech,
}  # fmt: skip


def _person(request: HttpRequest) -> Person:
    try:
        return get_object_or_404(Person, pk=UUID(request.POST.get("person", "")))
    except ValueError:
        raise Http404 from None


def _back(request: HttpRequest, found: Meeting, usual: str) -> HttpResponse:
    """Go back to the page that runs the meeting, where the button stood there; else to the usual one."""
    if request.POST.get("back") == "run":
        return back_to_running(request, found)
    return redirect(usual, found.ref.number)
