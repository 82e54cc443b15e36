"""How the reviews of a call go: for the secretariat, and for the chair of its committee."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from secretariat.summit.calls.models import Call, Stage
from secretariat.summit.review import actions, queries, rules
from secretariat.summit.review.forms import RemindForm
from secretariat.summit.review.views.answering import attempt, found_or_404, told_no


@require_safe
@found_or_404
def calls(request: HttpRequest) -> HttpResponse:
    """Every call whose reviews I may follow, with what waits in it."""
    found = list(queries.followed_calls(request.actor))
    states = queries.stage_states(found)
    rows = [{"call": c, "stages": states[c.pk], "conflicts": c.n_waiting} for c in found]
    return render(request, "review/desk_calls.html", {"rows": rows})


@require_safe
@found_or_404
def call(request: HttpRequest, key: str) -> HttpResponse:
    """One call: its stages, its readers, its conflicts."""
    found = queries.get_followed_call(request.actor, key)
    states = queries.stage_states([found])[found.pk]
    read = [s for s in states if s.stage.readers]
    current = next((s for s in read if s.frozen is None), read[-1] if read else None)
    stage, recused = current.stage if current else None, queries.recused_items(request.actor, found)
    now = timezone.now()
    readers = queries.readers_of(found, timezone.localdate(), stage, recused, now)
    context = {
        **frame(request, found), "states": states, "current": current, "now": now, "readers": readers,
        "remind": remind_form(request, stage, readers) if stage and not current.frozen else None,
    }  # fmt: skip
    return render(request, "review/desk_call.html", context)


def remind_form(request: HttpRequest, stage: Stage, readers: Sequence[queries.Reader]) -> RemindForm | None:
    """Those who are late, to be reminded; nothing where nobody is, or for who may not."""
    if not any(reader.late for reader in readers) or not rules.can_remind(request.actor, stage):
        return None
    return remind_form_of(request, stage, None)


def remind_form_of(request: HttpRequest, stage: Stage, data: Any) -> RemindForm:
    late = queries.late_readers(stage, timezone.now(), queries.recused_items(request.actor, stage.call))
    return RemindForm(data, late=late, zone=stage.call.zone)


@require_POST
@found_or_404
def remind(request: HttpRequest, key: str, stage: str) -> HttpResponse:
    """Tell those who are late that their reviews are waited for."""
    found = queries.get_followed_call(request.actor, key)
    at = queries.stage_by_key(found, stage)
    form = remind_form_of(request, at, request.POST)
    if not rules.can_remind(request.actor, at):
        return told_no(request, _("remind the readers"), "desk_review:call", key)
    if not form.is_valid():
        messages.error(request, _("Choose who is to be reminded."))
        return redirect("desk_review:call", key)
    acting = {"stage": at, "people": form.people(), "actor": request.actor, "now": timezone.now()}
    attempt(request, lambda: actions.remind_late(**acting), _("They are reminded."))
    return redirect("desk_review:call", key)


def frame(request: HttpRequest, call: Call, tab: str = "call") -> dict[str, Any]:
    """What every page of a call has: the call, its tabs, and whether the actor runs the reviews."""
    named = (("call", _("Overview"), None), ("conflicts", _("Conflicts"), call.n_waiting))
    tabs = [
        {"label": label, "path": reverse(f"desk_review:{name}", args=[call.key]), "is_current": name == tab,
         "count": count}
        for name, label, count in named
    ]  # fmt: skip
    crumbs = [{"label": _("Reviews"), "path": reverse("desk_review:calls")}]
    if tab != "call":
        crumbs.append({"label": str(call), "path": reverse("desk_review:call", args=[call.key])})
    return {
        "call": call, "tabs": tabs, "crumbs": crumbs, "conflicts_waiting": call.n_waiting,
        "can_run": rules.can_run_review(request.actor),
    }  # fmt: skip


@require_safe
@found_or_404
def item(request: HttpRequest, key: str, number: str) -> HttpResponse:
    """The reviews of one item, as far as the actor may read them."""
    found = queries.get_followed_call(request.actor, key)
    submission = queries.get_item(found, number, recused=queries.recused_items(request.actor, found))
    reviews = queries.reviews_for(request.actor, found, submission)
    context = {
        **frame(request, found, "item"), "item": submission, "reviews": reviews,
        "criteria": list(found.criterions.order_by("position")),
        "readings": queries.readings_of_item(submission),
    }  # fmt: skip
    return render(request, "review/desk_item.html", context)
