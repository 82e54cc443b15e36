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
from secretariat.summit.calls.forms import LateForm, StartForm
from secretariat.summit.calls.models import Call, Submission
from secretariat.summit.calls.views.reaching import announced_call, who


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
        "late_form": LateForm() if queries.is_past(found, now) and request.actor.person_id else None,
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
    form = StartForm(request.POST, organisations=queries.applies_for(actor, now.date()))
    person = Person.objects.filter(pk=actor.person_id).first()
    try:
        made = _begun(request, found, form, person) if form.is_valid() and person else None
    except (NotAllowed, WrongState) as refused:
        messages.error(request, str(refused))
        return redirect("my_calls:call", key)
    if made is None:
        messages.error(request, _("Please answer the questions first."))
        return redirect("my_calls:call", key)
    return redirect("my_calls:write", made.ref.number)


def _begun(request: HttpRequest, found: Call, form: StartForm, person: Person) -> Submission | None:
    """What was begun: late by a code, or in time once the questions are answered; None before."""
    by = {"call": found, "organisation": form.chosen, "person": person, **who(request)}
    late = LateForm(request.POST)
    if late.is_valid():
        return actions.start_late(text=late.cleaned_data["code"], **by)
    rules = list(found.eligibilityrules.order_by("position"))
    asked = check(rules, queries.field_specs(found), request.POST)
    if not asked.is_answered:
        return None
    return actions.start_submission(first_words=asked.form.first_words, **by)
