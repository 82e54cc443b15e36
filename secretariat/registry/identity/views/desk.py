from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from secretariat.foundation.accounts.actor import REFUSALS
from secretariat.foundation.accounts.doors import admitting
from secretariat.foundation.ui.changing import change_page
from secretariat.registry.identity import actions, comparing, queries
from secretariat.registry.identity.duplicates import find_duplicates
from secretariat.registry.identity.forms import ApartForm, PairForm
from secretariat.registry.identity.models import Merge
from secretariat.registry.identity.queries import Identity
from secretariat.registry.identity.states import Kind
from secretariat.registry.organisations.actions import update_organisation
from secretariat.registry.people.actions import update_person
from secretariat.registry.refs.panels import address_of

KINDS = {"people": (Kind.PERSON, "person"), "organisations": (Kind.ORGANISATION, "organisation")}


@require_safe
@admitting("desk.run")
def duplicates(request: HttpRequest, what: str = "people") -> HttpResponse:
    """Pairs that may be one, the most likely first, and why."""
    if what not in KINDS:
        raise Http404
    pairs = find_duplicates(KINDS[what][0], actor=request.actor)
    rows = queries.rows_by_id(what, {key for pair in pairs for key in (pair.one_id, pair.other_id)})
    context = {
        "pairs": [(pair, rows[pair.one_id], rows[pair.other_id], _percent(pair.score)) for pair in pairs],
        "what": what, "form": PairForm(kind=KINDS[what][1]), "tabs": _tabs(what),
    }  # fmt: skip
    return render(request, "identity/desk_duplicates.html", context)


@require_safe
@admitting("desk.run")
def compare(request: HttpRequest) -> HttpResponse:
    """Go to the page of two records, given by their numbers."""
    form = PairForm(
        request.GET if "other" in request.GET else None, initial={"one": request.GET.get("one", "")}
    )
    if form.is_valid():
        numbers = list(form.cleaned_data.values())
        for what in KINDS:
            if len(set(numbers)) == 2 and len(queries.live_pair(what, numbers, request.actor)) == 2:
                return redirect("desk_identity:pair", what, *numbers)
        form.add_error(None, _("These are not two people, nor two organisations, of the registry."))
    context = {"form": form, "crumbs": _crumbs()}
    return render(request, "identity/desk_compare.html", context, status=422 if form.errors else 200)


@admitting("desk.run")
def pair(request: HttpRequest, what: str, one: str, other: str) -> HttpResponse:
    """Two records side by side: choose which stays and what it says, see what would move, merge."""
    rows = _pair(request, what, one, other)
    at = 1 if request.POST.get("keep") == other else 0
    kept, absorbed = rows[at], rows[1 - at]
    context = _side_by_side(request, what, rows, absorbed)
    if request.method == "POST":
        try:
            plan = queries.plan_merge(kept, absorbed)
            context |= {"effects": comparing.effects(plan), "filled": comparing.filled(plan), "planned": True}
            if "merge" in request.POST:
                _merge(request, kept, absorbed, context["names"])
                return redirect(address_of(KINDS[what][1], kept.ref.number))
        except REFUSALS as refused:
            context["wrong"] = str(refused)
    context |= {"kept": kept, "absorbed": absorbed, "is_other": at == 1}
    return render(request, "identity/desk_pair.html", context, status=422 if "wrong" in context else 200)


@require_POST
@admitting("desk.run")
def tell_apart(request: HttpRequest, what: str, one: str, other: str) -> HttpResponse:
    """Say that two records are not the same; they are not shown again."""
    first, second = _pair(request, what, one, other)
    form = ApartForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    actions.tell_apart(one=first, other=second, reason=reason, actor=request.actor, now=timezone.now())
    messages.success(request, _("These two are told apart; they are not shown again."))
    return redirect("desk_identity:duplicates", what)


@require_safe
@admitting("desk.run")
def merges(request: HttpRequest) -> HttpResponse:
    """What has been merged, the latest first."""
    rows = [
        (merge, kept, absorbed, address_of(_word(merge), kept.ref.number))
        for merge, kept, absorbed in queries.latest_merges(request.actor)
    ]
    return render(request, "identity/desk_merges.html", {"merges": rows, "tabs": _tabs("merges")})


@admitting("desk.run")
def undo(request: HttpRequest, pk: str) -> HttpResponse:
    """Give every row back to the record that was absorbed; said once more, then done."""
    merge = get_object_or_404(Merge, pk=pk, state="done")

    def save(_form: Any) -> str:
        actions.undo_merge(merge=merge, actor=request.actor, now=timezone.now())
        return reverse("desk_identity:merges")

    from_page = {"heading": _("Undo the merge"), "back": reverse("desk_identity:merges"), "crumbs": _crumbs()}
    text = _("Every row that moved goes back. What was chosen field by field stays with the kept record.")
    form = ApartForm(request.POST if request.method == "POST" else None)
    del form.fields["reason"]
    return change_page(
        request, form, save, refusals=REFUSALS, text=text, button=_("Undo the merge"), **from_page
    )


def _side_by_side(
    request: HttpRequest, what: str, rows: Sequence[Identity], absorbed: Identity
) -> dict[str, Any]:
    differences = comparing.compared(*rows)
    taken = absorbed.ref.number
    names = [each.name for each in differences if request.POST.get(f"take_{each.name}") == taken]
    return {
        "what": what, "one": rows[0], "other": rows[1], "names": names, "crumbs": _crumbs(), "form": ApartForm(),
        "differences": [(each, each.name in names) for each in differences],
        "paths": [address_of(KINDS[what][1], row.ref.number) for row in rows],
    }  # fmt: skip


def _merge(request: HttpRequest, kept: Identity, absorbed: Identity, names: Sequence[str]) -> None:
    who = {"actor": request.actor, "now": timezone.now()}
    with transaction.atomic():
        if values := comparing.chosen(kept, absorbed, names):
            if isinstance(kept, queries.Person):
                kept = update_person(person=kept, **values, **who)
            else:
                kept = update_organisation(organisation=kept, **values, **who)
        actions.merge(kept=kept, absorbed=absorbed, **who)
    words = _("%(one)s is an alias of %(kept)s now.")
    messages.success(request, words % {"one": absorbed.ref.number, "kept": kept})


def _pair(request: HttpRequest, what: str, one: str, other: str) -> list[Identity]:
    rows = queries.live_pair(what, [one, other], request.actor)
    if len(rows) != 2 or one == other:
        raise Http404
    return rows


def _word(merge: Merge) -> str:
    return next(word for kind, word in KINDS.values() if kind == merge.kind)


def _percent(score: float) -> int:
    return round(100 * score)


def _tabs(current: str) -> list[dict[str, Any]]:
    pairs = {"people": _("People"), "organisations": _("Organisations")}
    tabs = [
        {
            "label": label,
            "is_current": key == current,
            "path": reverse("desk_identity:duplicates", args=[key]),
        }
        for key, label in pairs.items()
    ]
    merged = {"label": _("What was merged"), "is_current": current == "merges"}
    return [*tabs, {**merged, "path": reverse("desk_identity:merges")}]


def _crumbs() -> list[dict[str, str]]:
    return [{"label": _("Duplicates"), "path": reverse("desk_identity:duplicates", args=["people"])}]
