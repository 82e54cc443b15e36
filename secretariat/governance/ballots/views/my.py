from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from secretariat.foundation.accounts.actor import WrongState
from secretariat.foundation.accounts.doors import in_person, signed_in
from secretariat.governance.ballots import actions, queries, rules
from secretariat.governance.ballots.models import Ballot
from secretariat.governance.ballots.showing import picture_of, told_beside
from secretariat.governance.ballots.states import Choice

PAGE = 50
LONGEST = 2000  # what an objection may say


@require_safe
@signed_in
def ballots(request: HttpRequest) -> HttpResponse:
    """The ballots I vote in: what is open first."""
    rows = queries.own_ballots(request.actor.person_id) if request.actor.person_id else Ballot.objects.none()
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "ballots": page.object_list,
        "previous": page.has_previous() and f"?page={page.previous_page_number()}",
        "next": page.has_next() and f"?page={page.next_page_number()}",
    }
    return render(request, "ballots/my_ballots.html", context)


@require_safe
@signed_in
def ballot(request: HttpRequest, number: str) -> HttpResponse:
    """The question, my votes in it, and how it stands."""
    found = _get(request, number)
    lines = queries.lines_of(found, request.actor.person_id) if request.actor.person_id else []
    said = {vote.line_id: vote for vote in queries.latest_votes(found).filter(line__in=lines)}
    for line in lines:
        line.said = said.get(line.pk)
        line.is_ready = found.state == "open" and rules.can_cast(request.actor, line)
        line.is_ready &= line.said is None or found.may_change
    context = {
        "ballot": found, "lines": lines, "choices": Choice.choices, "picture": _picture(found),
        "may_run": not found.is_kept and rules.can_run(request.actor, found.body), "longest": LONGEST,
        **told_beside(found, found.is_kept),
    }  # fmt: skip
    return render(request, "ballots/my_ballot.html", context)


@require_safe
@signed_in
def tally(request: HttpRequest, number: str) -> HttpResponse:
    """How it stands, as a part of a page."""
    found = _get(request, number)
    return render(request, "ballots/tally.html", {"ballot": found, "picture": _picture(found)})


@require_POST
@in_person
def vote(request: HttpRequest, number: str, position: int) -> HttpResponse:
    if (line := queries.line_to_cast(request.actor, number, position)) is None:
        raise Http404
    try:
        cast = actions.cast_vote(
            line=line,
            choice=request.POST.get("choice", ""),
            reason=request.POST.get("reason", "")[:LONGEST],
            actor=request.actor,
            now=timezone.now(),
        )
        messages.success(request, _("Your vote is in: %(vote)s.") % {"vote": cast.get_choice_display()})
    except (ValueError, WrongState) as refused:
        messages.error(request, str(refused))
    return redirect("my_ballots:ballot", number)


def _picture(found: Ballot) -> object:
    return picture_of(found) if found.state in ("open", "closed") and not found.is_kept else None


def _get(request: HttpRequest, number: str) -> Ballot:
    try:
        return queries.get_ballot_for(request.actor, number)
    except Ballot.DoesNotExist:
        raise Http404 from None
