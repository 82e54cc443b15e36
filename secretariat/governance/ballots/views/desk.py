"""Running a ballot: the desk, and whoever chairs or serves the body."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from secretariat.foundation.accounts.actor import REFUSALS
from secretariat.foundation.accounts.doors import signed_in
from secretariat.governance.ballots import actions, forms, queries, rules
from secretariat.governance.ballots.electorate import places_of
from secretariat.governance.ballots.models import Ballot
from secretariat.governance.ballots.showing import names_of, picture_of, told_beside
from secretariat.governance.ballots.states import Choice
from secretariat.governance.ballots.tables import BallotsTable, RollTable
from secretariat.registry.people.timeline import timeline_of

FORMS = {
    "hands": forms.HandsForm,
    "extend": forms.ExtendForm,
    "cancel": forms.CancelForm,
    "close": forms.CloseForm,
}


def running(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view the ballot that the reader may run or read here; for anybody else there is no such page."""

    @wraps(view)
    def guarded(request: HttpRequest, number: str, **named: Any) -> HttpResponse:
        try:
            found = queries.get_ballot_for(request.actor, number)
        except Ballot.DoesNotExist:
            raise Http404 from None
        reads = rules.can_run(request.actor, found.body) or request.actor.has("desk.read")
        if found.is_kept or not reads:
            raise Http404
        return view(request, found, **named)

    return signed_in(guarded)


@require_safe
@signed_in
def ballots(request: HttpRequest) -> HttpResponse:
    """Every question that was put to a body the reader sits in or serves; the desk sees all."""
    if not rules.may_come_in(request.actor):
        raise Http404
    rows = queries.visible_ballots(request.actor).filter(is_kept=False)
    rows = rows.select_related("ref", "body__ref", "result")
    may_ask = forms.bodies_run_by(request.actor).exists()
    return BallotsTable(rows).respond(request, "ballots/desk_ballots.html", {"may_ask": may_ask})


@signed_in
def new(request: HttpRequest) -> HttpResponse:
    bodies = forms.bodies_run_by(request.actor)
    if not bodies.exists():
        raise Http404
    begun = {"body": bodies.filter(ref__number=request.GET.get("body", "")).first()}
    form = forms.BallotForm(request.POST or None, bodies=bodies, initial=begun)
    if request.method == "POST" and form.is_valid():
        made = actions.declare_ballot(**form.said(), actor=request.actor, now=timezone.now())
        return redirect("desk_ballots:ballot", made.ref.number)
    return render(request, "ballots/new.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@running
def ballot(request: HttpRequest, found: Ballot) -> HttpResponse:
    """The ballot as it stands, and what can be done with it now."""
    may_run = rules.can_run(request.actor, found.body)
    context = {
        "ballot": found, "may_run": may_run, "picture": picture_of(found) if found.roll_digest else None,
        "places": places_of(found, timezone.now()) if found.state == "draft" else None,
        "forms": {name: form() for name, form in FORMS.items()}, "events": timeline_of([found.pk]),
        **told_beside(found),
    }  # fmt: skip
    return render(request, "ballots/desk_ballot.html", context)


@require_safe
@running
def roll(request: HttpRequest, found: Ballot) -> HttpResponse:
    """Who may vote, why, and what they said."""
    rows = queries.roll_rows(found)
    return RollTable(rows).respond(request, "ballots/roll.html", {"ballot": found})


@require_safe
@running
def call(request: HttpRequest, found: Ballot) -> HttpResponse:
    """The roll, called name by name: the next one, and three buttons."""
    try:
        after = int(request.GET.get("after", 0))
    except ValueError:
        after = 0
    context = {
        "ballot": found, "line": queries.next_unsaid(found, after) if found.state == "open" else None,
        "choices": Choice.choices, "picture": picture_of(found) if found.roll_digest else None,
        "channel": request.GET.get("channel", ""),
    }  # fmt: skip
    return render(request, "ballots/call.html", context)


@require_POST
@running
def enter(request: HttpRequest, found: Ballot, position: int) -> HttpResponse:
    line = found.roll.filter(position=position).first()
    if line is None:
        raise Http404
    line.ballot = found
    channel = forms.channel_said(request.POST)
    try:
        actions.enter_vote(
            line=line, choice=request.POST.get("choice", ""), channel=channel,
            reason=request.POST.get("reason", ""), actor=request.actor, now=timezone.now(),
        )  # fmt: skip
    except REFUSALS as refused:
        messages.error(request, str(refused))
    response = redirect("desk_ballots:call", found.ref.number)
    response["Location"] += f"?after={position}&channel={channel}"
    return response


@require_safe
@running
def screen(request: HttpRequest, found: Ballot) -> HttpResponse:
    """The ballot for everybody in the room: question, bar, names."""
    context = {
        "ballot": found, "picture": picture_of(found) if found.roll_digest else None, "lines": names_of(found),
        **told_beside(found),
    }  # fmt: skip
    return render(request, "ballots/screen.html", context)


@require_POST
@running
def act(request: HttpRequest, found: Ballot, verb: str) -> HttpResponse:
    """Open it, count hands, give it more time, cancel it, close it."""
    form = FORMS[verb](request.POST) if verb in FORMS else None
    if verb != "open" and form is None:
        raise Http404
    if form is not None and not form.is_valid():
        wrong = [
            f"{form.fields[name].label}: {text}" for name, texts in form.errors.items() for text in texts
        ]
        messages.error(request, " ".join(wrong))
        return redirect("desk_ballots:ballot", found.ref.number)
    try:
        _do(verb, found, form.cleaned_data if form else {}, request)
        messages.success(request, _("Done."))
    except REFUSALS as refused:
        messages.error(request, str(refused))
    return redirect("desk_ballots:ballot", found.ref.number)


def _do(verb: str, found: Ballot, said: dict[str, Any], request: HttpRequest) -> None:
    who = {"ballot": found, "actor": request.actor, "now": timezone.now()}
    match verb:
        case "open":
            actions.open_ballot(places=places_of(found, who["now"]), **who)
        case "close":
            actions.close_ballot(casting=said["casting"] or None, **who)
        case "hands":
            actions.count_hands(**said, **who)
        case "extend":
            actions.extend_ballot(**said, **who)
        case _:
            actions.cancel_ballot(**said, **who)
