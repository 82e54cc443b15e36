"""What an applicant is offered, and how her entry will be printed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from secretariat.record.publications.actions import answer_proof
from secretariat.record.publications.models import PublicationEntry
from secretariat.summit.calls.models import Submission
from secretariat.summit.honours import actions, queries
from secretariat.summit.honours.forms import AnswerForm
from secretariat.summit.review.views.answering import attempt, found_or_404
from secretariat.summit.review.views.content import answers_of


@require_safe
@found_or_404
def honours(request: HttpRequest) -> HttpResponse:
    """What was offered to me, and my entries in books."""
    context = {
        "honours": queries.my_honours(request.actor), "entries": queries.my_entries(request.actor),
        "now": timezone.now(),
    }  # fmt: skip
    return render(request, "honours/my_honours.html", context)


@found_or_404
def offer(request: HttpRequest, number: str) -> HttpResponse:
    """One offer, in confidence: accept it or decline it. Either is looked at once more before it counts."""
    honour = queries.get_my_honour(request.actor, number)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    context = {
        "honour": honour,
        "item": honour.submission,
        "call": honour.submission.call,
        "now": timezone.now(),
    }
    if not form.is_bound or not form.is_valid():
        if form.errors:
            messages.error(request, _("Choose one of the two answers."))
        return render(request, "honours/my_offer.html", context, status=422 if form.errors else 200)
    accept = form.cleaned_data["answer"] == "yes"
    if "confirmed" not in request.POST:
        return render(request, "honours/my_offer.html", {**context, "asked": form.cleaned_data["answer"]})
    told = _("You have accepted the honour.") if accept else _("You have declined the honour.")
    acting = {"honour": honour, "accept": accept, "actor": request.actor, "now": timezone.now()}
    attempt(request, lambda: actions.answer_offer(**acting), told)
    return redirect("my_honours:offer", number)


@found_or_404
def entry(request: HttpRequest, key: str, number: str) -> HttpResponse:
    """The text of an entry as it would be printed, beside what was handed in."""
    found = queries.get_my_entry(request.actor, key, number)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        approve = form.cleaned_data["answer"] == "yes"
        told = _("You have approved your entry.") if approve else _("Your entry will not be printed.")
        acting = {"entry": found, "approve": approve, "actor": request.actor, "now": timezone.now()}
        attempt(request, lambda: answer_proof(**acting), told)
        return redirect(request.path)
    if form.errors:
        messages.error(request, _("Choose one of the two answers."))
    context = {"entry": found, "book": found.publication, "now": timezone.now(), **sides_of(found)}
    return render(request, "honours/my_entry.html", context, status=422 if form.errors else 200)


def sides_of(entry: PublicationEntry) -> dict[str, Any]:
    """The entry as it would be printed, question by question beside what was handed in."""
    item = Submission.objects.select_related("call", "topic", "ref").get(ref=entry.item_id)
    before = {a.key: a for a in answers_of(item, queries.handed_in_for(entry), with_title=True)}
    after = answers_of(item, entry.content, with_title=True)
    return {"item": item, "sides": [(answer, before.get(answer.key)) for answer in after]}
