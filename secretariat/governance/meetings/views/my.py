"""A member's meetings: what is to come, and what she does there herself."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from secretariat.foundation.accounts.doors import in_person, signed_in
from secretariat.governance.ballots.showing import drawn
from secretariat.governance.meetings import actions, forms, mine, queries, rules, showing
from secretariat.governance.meetings.actions.attending import EARLY
from secretariat.governance.meetings.calendars import TYPE, calendar_of
from secretariat.governance.meetings.documents import download, notice_document
from secretariat.governance.meetings.models import Meeting, Proxy, Speech
from secretariat.governance.meetings.views.agenda import file_of
from secretariat.governance.meetings.views.desk import who
from secretariat.governance.meetings.views.entering import (
    doing,
    item_in,
    meeting_for,
    standing_in,
    told_wrong,
)
from secretariat.registry.people.models import Person
from secretariat.registry.refs.panels import panels_of

PAGE = 50


@require_safe
@signed_in
def meetings(request: HttpRequest) -> HttpResponse:
    """The meetings of my bodies: what is open or to come first, then what is over."""
    rows = queries.own_meetings(request.actor, timezone.now())
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "meetings": page.object_list, "previous": page.has_previous() and f"?page={page.previous_page_number()}",
        "next": page.has_next() and f"?page={page.next_page_number()}",
    }  # fmt: skip
    return render(request, "meetings/my_meetings.html", context)


@require_safe
@signed_in
def meeting(request: HttpRequest, number: str) -> HttpResponse:
    """One meeting: the agenda, and all that is mine in it."""
    found, now = meeting_for(request, number), timezone.now()
    room, electorate = queries.room_of(found), queries.electorate_in(found)
    item, may_run = room.item, rules.can_run(request.actor, found)
    places = queries.places_for(found, electorate=electorate, room=room)
    rows = showing.agenda_rows(request.actor, found, may_run)
    ballots = queries.open_ballots_in(found)
    context = {
        "meeting": found, "rows": rows, "alternates": mine.alternates_of(request.actor, found),
        "row": next((row for row in rows if item is not None and row.item.pk == item.pk), None),
        "me": mine.part_of(request.actor, room, electorate, asked=request.GET.get("to", "")),
        "quorum": showing.quorum_of(queries.presence_in(found, places=places, room=room)),
        "is_early": found.starts_at - now > EARLY,
        "presiding": room.chair, "speaking": showing.speaking_on(item, now), "ballots": ballots,
        "drawn": [drawn(ballot, request) for ballot in ballots], "may_run": may_run,
        "stances": forms.FloorForm.base_fields["stance"].choices, "is_herself": rules.is_herself(request.actor),
        "panels": panels_of("meeting of mine", found.pk, request.actor, now.date()) if found.state == "closed" else [],
    }  # fmt: skip
    return render(request, "meetings/my_meeting.html", context)


@require_safe
@signed_in
def calendar(request: HttpRequest, number: str) -> HttpResponse:
    """The meeting for my own calendar, with the link that members come in by."""
    found = meeting_for(request, number)
    url = request.build_absolute_uri(reverse("my_meetings:meeting", args=[number]))
    link = found.link if found.body_id in queries.bodies_belonged_to(request.actor) else ""
    made = calendar_of(found, url=url, language=get_language() or "en", now=timezone.now(), link=link)
    headers = {"Content-Disposition": f'attachment; filename="{found.ref.number}.ics"'}
    return HttpResponse(made, content_type=TYPE, headers=headers)


@require_safe
@signed_in
def notice(request: HttpRequest, number: str, language: str) -> HttpResponse:
    """The notice with the agenda as I see it, as a document."""
    found = meeting_for(request, number)
    rows = showing.agenda_rows(request.actor, found)
    return download(lambda: notice_document(found, rows, language, timezone.now()), number, language)


@require_safe
@signed_in
def file(request: HttpRequest, number: str, paper: int, language: str) -> HttpResponseBase:
    """A paper as it reads in a language."""
    return file_of(request.actor, meeting_for(request, number), paper, language)


@require_POST
@in_person
def act(request: HttpRequest, number: str, verb: str) -> HttpResponse:
    """Come, leave, ask for the floor, step aside, give a proxy or answer one."""
    found = meeting_for(request, number)
    if verb not in VERBS:
        raise Http404
    VERBS[verb](request, found)
    return redirect("my_meetings:meeting", number)


def _attend(request: HttpRequest, found: Meeting) -> None:
    mode = request.POST.get("mode", "")
    doing(
        request,
        lambda: actions.attend(meeting=found, mode=mode, **who(request)),
        _("You are entered as there."),
    )


def _leave(request: HttpRequest, found: Meeting) -> None:
    doing(request, lambda: actions.leave(meeting=found, **who(request)), _("You are entered as gone."))


def _ask(request: HttpRequest, found: Meeting) -> None:
    form, item = forms.FloorForm(request.POST), queries.current_item(found)
    if item is None:
        raise Http404
    item.meeting = found
    if not told_wrong(request, form):
        said = {"item": item, "person": _myself(request), "stance": form.cleaned_data["stance"]}
        doing(
            request,
            lambda: actions.ask_for_floor(**said, **who(request)),
            _("You are on the list of speakers."),
        )


def _stop_speaking(request: HttpRequest, found: Meeting) -> None:
    rows = Speech.objects.filter(person=request.actor.person_id, item__meeting=found).select_related("item")
    speech = get_object_or_404(rows, pk=_key(request.POST.get("speech", "")))
    speech.item.meeting = found
    act = actions.withdraw_speech if speech.state == "waiting" else actions.end_speech
    doing(request, lambda: act(speech=speech, **who(request)))


def _recuse(request: HttpRequest, found: Meeting) -> None:
    form, item = forms.ReasonForm(request.POST), item_in(found, _key(request.POST.get("item", "")))
    if item.pk not in {line.item.pk for line in queries.agenda_seen_by(request.actor, found)}:
        raise Http404
    if not told_wrong(request, form):
        said = {"item": item, "person": _myself(request), **form.cleaned_data}
        doing(request, lambda: actions.recuse(**said, **who(request)), _("You take no part in this item."))


def _offer(request: HttpRequest, found: Meeting) -> None:
    places = queries.places_of_person(found, request.actor.person_id) if request.actor.person_id else []
    asked = request.POST.get("place", "")
    place = next((place for place in places if place.source == asked), None)
    holder = Person.objects.filter(pk=_key(request.POST.get("holder", ""))).first()
    if place is None or holder is None:
        raise Http404
    said = {"meeting": found, "place": place, "holder": holder}
    doing(request, lambda: actions.offer_proxy(**said, **who(request)), _("Your proxy is offered."))


def _answer(request: HttpRequest, found: Meeting) -> None:
    accepts = request.POST.get("answer") == "accept"
    proxy = _proxy(request, found)
    doing(request, lambda: actions.answer_proxy(proxy=proxy, accepts=accepts, **who(request)))


def _revoke(request: HttpRequest, found: Meeting) -> None:
    proxy = _proxy(request, found)
    doing(request, lambda: actions.revoke_proxy(proxy=proxy, **who(request)), _("Your proxy is taken back."))


def _call_in(request: HttpRequest, found: Meeting) -> None:
    standing_in(request, found)


def _call_off(request: HttpRequest, found: Meeting) -> None:
    standing_in(request, found, off=True)


def _proxy(request: HttpRequest, found: Meeting) -> Proxy:
    proxy = get_object_or_404(Proxy, meeting=found, pk=_key(request.POST.get("proxy", "")))
    proxy.meeting = found
    if request.actor.person_id not in (proxy.giver_id, proxy.holder_id):
        raise Http404
    return proxy


def _myself(request: HttpRequest) -> Any:
    return get_object_or_404(Person, pk=request.actor.person_id)


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


VERBS = {
    "attend": _attend, "leave": _leave, "ask": _ask, "stop": _stop_speaking, "recuse": _recuse, "offer": _offer,
    "answer": _answer, "revoke": _revoke, "call-in": _call_in, "call-off": _call_off,
}  # fmt: skip
