"""Lists that an authority decides on, by its chair in person."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from secretariat.summit.review import actions, queries
from secretariat.summit.review.forms import DecideForm
from secretariat.summit.review.models import StageList
from secretariat.summit.review.views.answering import attempt, found_or_404


@require_safe
@found_or_404
def waiting(request: HttpRequest) -> HttpResponse:
    """The lists that wait for my decision, and those I have decided on."""
    context = {
        "waiting": queries.lists_of_authority(request.actor, waiting=True),
        "decided": queries.lists_of_authority(request.actor, waiting=False),
    }
    return render(request, "review/my_lists.html", context)


@found_or_404
def decide(request: HttpRequest, key: str, stage: str) -> HttpResponse:
    """One list: approve it, refuse items with a reason. Nothing is added and nothing changes its place."""
    frozen = queries.get_list_of_authority(request.actor, key, stage)
    ranking = queries.frozen_ranking(frozen.stage)
    numbers = [place.submission.ref.number for place in ranking.places if place.is_kept]
    form = DecideForm(
        request.POST if request.method == "POST" else None, numbers=numbers, office=office_of(frozen)
    )
    if form.is_bound and form.is_valid():
        if request.POST.get("act") != "confirm":
            return confirm(request, frozen, form)
        if settle(request, frozen, form):
            return redirect("my_review:lists")
    rows = [
        (place, form[f"refuse-{place.submission.ref.number}"] if place.is_kept else None)
        for place in ranking.places
    ]
    context = {"frozen": frozen, "stage": frozen.stage, "ranking": ranking, "form": form, "rows": rows}
    return render(request, "review/my_decide.html", context, status=422 if form.errors else 200)


def office_of(frozen: StageList) -> str:
    return _("Chair of %(body)s") % {"body": frozen.stage.authority}


def confirm(request: HttpRequest, frozen: StageList, form: DecideForm) -> HttpResponse:
    """What is about to be decided, in full, once more."""
    context = {
        "frozen": frozen, "stage": frozen.stage, "form": form, "refused": form.refusals(),
        "approved": len(form.numbers) - len(form.refusals()),
    }  # fmt: skip
    return render(request, "review/my_decide_confirm.html", context)


def settle(request: HttpRequest, frozen: StageList, form: DecideForm) -> bool:
    if getattr(frozen, "decision", None) is not None:
        messages.error(request, _("This list has been decided."))
        return False
    acting = {"stage": frozen.stage, "refused": form.refusals(), "by": form.cleaned_data["by"]}
    who = {"actor": request.actor, "now": timezone.now()}
    return attempt(request, lambda: actions.decide_list(**acting, **who), _("The list is decided."))
