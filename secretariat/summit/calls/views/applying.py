from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from secretariat.foundation.accounts.actor import NotAllowed, WrongState
from secretariat.foundation.accounts.doors import signed_in
from secretariat.registry.people.models import Person
from secretariat.summit.calls import actions, queries
from secretariat.summit.calls.eligibility import check
from secretariat.summit.calls.forms import StartForm
from secretariat.summit.calls.views.reaching import announced_call


@require_safe
@signed_in
def call(request: HttpRequest, key: str) -> HttpResponse:
    """Before anything is written: is it open, would it be eligible, and in whose name."""
    now, found = timezone.now(), announced_call(key)
    specs, rules = queries.field_specs(found), list(found.eligibilityrules.order_by("position"))
    asked = check(rules, specs, request.GET or None)
    context = {
        "call": found,
        "now": now,
        "is_open": found.state == "open" and found.opens_at <= now < found.closes_at,
        "is_ahead": now < found.opens_at,
        "specs": specs,
        "check": asked,
        "own": queries.mine(request.actor).filter(call=found),
        "start": StartForm(organisations=queries.applies_for(request.actor, now.date())),
        "answers": request.GET.items() if asked.is_answered else (),
    }
    return render(request, "calls/call.html", context)


@require_POST
@signed_in
def start(request: HttpRequest, key: str) -> HttpResponse:
    """Begin, in one's own name or an organisation's; the day asked for before stands in the draft already."""
    now, found, actor = timezone.now(), announced_call(key), request.actor
    asked = check(list(found.eligibilityrules.order_by("position")), queries.field_specs(found), request.POST)
    form = StartForm(request.POST, organisations=queries.applies_for(actor, now.date()))
    person = Person.objects.filter(pk=actor.person_id).first()
    if not asked.is_answered or not form.is_valid() or person is None:
        messages.error(request, _("Please answer the questions first."))
        return redirect("my_calls:call", key)
    try:
        made = actions.start_submission(
            call=found,
            organisation=form.chosen,
            person=person,
            actor=actor,
            now=now,
            first_words=asked.form.first_words,
        )
    except (NotAllowed, WrongState) as refused:
        messages.error(request, str(refused))
        return redirect("my_calls:call", key)
    return redirect("my_calls:write", made.ref.number)
