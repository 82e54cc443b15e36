"""A member's committees are asked: the question, what she says, and, for the chair, the one opinion."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from secretariat.foundation.accounts.actor import REFUSALS
from secretariat.foundation.accounts.doors import in_person, signed_in
from secretariat.governance.advice import actions, forms, queries, rules
from secretariat.governance.advice.models import AdviceRequest

PAGE = 50


@require_safe
@signed_in
def requests(request: HttpRequest) -> HttpResponse:
    """The questions to my committees, those to answer first, and those my bodies asked."""
    rows = queries.visible_requests(request.actor).order_by("-state", "-asked_at")
    page = Paginator(rows if request.actor.person_id else rows.none(), PAGE).get_page(request.GET.get("page"))
    context = {
        "requests": page.object_list, "today": timezone.localdate(),
        "previous": page.has_previous() and f"?page={page.previous_page_number()}",
        "next": page.has_next() and f"?page={page.next_page_number()}",
    }  # fmt: skip
    return render(request, "advice/my_requests.html", context)


@require_safe
@signed_in
def request(request: HttpRequest, number: str) -> HttpResponse:
    """One question: what I say, what the others say, and the opinion."""
    return _page(request, find(request, number))


@require_POST
@in_person
def contribute(request: HttpRequest, number: str) -> HttpResponse:
    """Say what I think, or say it anew."""
    found, form = find(request, number), forms.ContributionForm(request.POST)
    return _act(request, found, form, actions.contribute, _("Your contribution is kept."), "contributing")


@require_POST
@in_person
def adopt(request: HttpRequest, number: str) -> HttpResponse:
    """Adopt the opinion of the committee, as its chair."""
    found, form = find(request, number), forms.OpinionForm(request.POST)
    return _act(request, found, form, actions.adopt_opinion, _("The opinion is adopted."), "adopting")


def _act(
    request: HttpRequest, found: AdviceRequest, form: Any, act: Any, said: str, name: str
) -> HttpResponse:
    """Do it, or show the page again with what is wrong and everything that was typed."""
    if form.is_valid():
        try:
            act(advice=found, **form.cleaned_data, actor=request.actor, now=timezone.now())
        except REFUSALS as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, said)
        return redirect("my_advice:request", found.ref.number)
    if not (rules.can_contribute(request.actor, found) or rules.can_adopt(request.actor, found)):
        return redirect("my_advice:request", found.ref.number)
    return _page(request, found, **{name: form})


def _page(request: HttpRequest, found: AdviceRequest, **given: Any) -> HttpResponse:
    said = queries.contributions_for(request.actor, found)
    mine = next((each for each in said if each.person_id == request.actor.person_id), None)
    is_open = found.state == "asked"
    context = {
        "asked": found, "said": [each for each in said if each is not mine], "mine": mine,
        "papers": queries.papers_of(found), "door": "my", "is_late": is_open and found.due_on < timezone.localdate(),
        "contributing": is_open and rules.can_contribute(request.actor, found)
        and given.get("contributing", forms.ContributionForm(initial={"text": mine.text if mine else ""})),
        "adopting": is_open and rules.can_adopt(request.actor, found) and given.get("adopting", forms.OpinionForm()),
    }  # fmt: skip
    return render(request, "advice/my_request.html", context, status=422 if given else 200)


def find(request: HttpRequest, number: str) -> AdviceRequest:
    """Return the request with this number that the reader may see, or answer that there is none."""
    try:
        return queries.get_request_for(request.actor, number)
    except AdviceRequest.DoesNotExist:
        raise Http404 from None
