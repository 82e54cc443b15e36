"""Lists that an authority decides on, by its chair or a vice-chair in person, or by who is asked for a part of it."""

from collections.abc import Collection

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from secretariat.summit.review import actions, queries, rules
from secretariat.summit.review.forms import DecideForm
from secretariat.summit.review.models import Decision, StageList
from secretariat.summit.review.views.answering import REFUSALS, found_or_404


@require_safe
@found_or_404
def waiting(request: HttpRequest) -> HttpResponse:
    """The lists that wait for my decision, those that wait for another's, and those I have decided on."""
    open_lists = queries.lists_of_authority(request.actor, waiting=True)
    context = {
        "waiting": [frozen for frozen in open_lists if frozen.is_hers],
        "parted": [frozen for frozen in open_lists if not frozen.is_hers],
        "decided": queries.lists_of_authority(request.actor, waiting=False),
    }
    return render(request, "review/my_lists.html", context)


@found_or_404
def decide(request: HttpRequest, key: str, stage: str) -> HttpResponse:
    """One list: approve it, refuse items with a reason. Nothing is added and nothing changes its place."""
    frozen = queries.get_list_of_authority(request.actor, key, stage)
    share = queries.share_of(request.actor, frozen, timezone.localdate())
    ranking = queries.frozen_ranking(frozen.stage, recused=share.recused)
    numbers = _to_decide(ranking, share)
    form = DecideForm(
        request.POST if request.method == "POST" else None, numbers=numbers,
        office=office_of(request, frozen),
    )  # fmt: skip
    if form.is_bound and form.is_valid():
        if request.POST.get("act") != "confirm":
            return confirm(request, frozen, form, ranking)
        if settle(request, frozen, form):
            return redirect("my_review:lists")
    context = {
        "frozen": frozen, "stage": frozen.stage, "ranking": ranking, "form": form, "share": share,
        "rows": _rows(ranking, form),
    }  # fmt: skip
    return render(request, "review/my_decide.html", context, status=422 if form.errors else 200)


def _to_decide(ranking: queries.Ranking, share: queries.Share) -> list[str]:
    """What she may refuse: what has a place; where places are kept from her, all that she sees of the list."""
    numbers = [place.submission.ref.number for place in ranking.places if place.is_kept]
    return [number for number in numbers if share.takes(number)]


def _rows(ranking: queries.Ranking, form: DecideForm) -> list[tuple[queries.Place, object]]:
    numbers: Collection[str] = set(form.numbers)
    return [
        (place, form[f"refuse-{number}"])
        for place in ranking.places
        if (number := place.submission.ref.number) in numbers
    ]


def office_of(request: HttpRequest, frozen: StageList) -> str:
    body = frozen.stage.authority
    if rules.chairs(request.actor, body.pk):
        return _("Chair of %(body)s") % {"body": body}
    if rules.can_decide(request.actor, body.pk):
        return _("Vice-chair of %(body)s") % {"body": body}
    return _("Member of %(body)s") % {"body": body}


def confirm(
    request: HttpRequest, frozen: StageList, form: DecideForm, ranking: queries.Ranking
) -> HttpResponse:
    """What is about to be decided, in full, once more."""
    context = {
        "frozen": frozen, "stage": frozen.stage, "form": form, "refused": form.refusals(), "ranking": ranking,
        "approved": len(form.numbers) - len(form.refusals()),
    }  # fmt: skip
    return render(request, "review/my_decide_confirm.html", context)


def settle(request: HttpRequest, frozen: StageList, form: DecideForm) -> bool:
    """Decide; say whether that was all, or who decides on the rest."""
    if getattr(frozen, "decision", None) is not None:
        messages.error(request, _("This list has been decided."))
        return False
    acting = {"stage": frozen.stage, "refused": form.refusals(), "by": form.cleaned_data["by"]}
    try:
        made = actions.decide_list(**acting, actor=request.actor, now=timezone.now())
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
        return False
    told = (
        _("The list is decided.") if isinstance(made, Decision)
        else _("Your part is decided. Somebody else of the same body decides on what you are recused from.")
    )  # fmt: skip
    messages.success(request, told)
    return True
