"""Honours at the desk: offered on a decided list, conferred when accepted, revoked with a reason."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from secretariat.foundation.accounts.doors import desk_only
from secretariat.summit.honours import actions, queries, rules
from secretariat.summit.honours.forms import DayForm, ReleaseForm, RevokeForm
from secretariat.summit.review.views.answering import attempt, found_or_404


@require_safe
@desk_only
@found_or_404
def calls(request: HttpRequest) -> HttpResponse:
    """Every call that ends in honours, and its book."""
    return render(request, "honours/desk_calls.html", {"rows": queries.calls_with_honours()})


@require_safe
@desk_only
@found_or_404
def call(request: HttpRequest, key: str) -> HttpResponse:
    """The honours of one call: who was offered what, and what was answered."""
    standing = queries.get_call_with_honours(key)
    context = {
        "standing": standing, "call": standing.call, "can_run": rules.can_run_honours(request.actor),
        "honours": list(queries.visible_honours(request.actor, standing.call)),
        "day": DayForm(), "revoke": RevokeForm(), "now": timezone.now(),
        "release": queries.pending_release(standing.call), "release_form": ReleaseForm(),
    }  # fmt: skip
    return render(request, "honours/desk_call.html", context)


@require_POST
@desk_only
@found_or_404
def offer(request: HttpRequest, key: str) -> HttpResponse:
    """Offer every place, in confidence, with a day by which an answer is asked for."""
    standing, form = queries.get_call_with_honours(key), DayForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the day by which an answer is asked for."))
        return redirect("desk_honours:call", key)
    acting = {"stage": standing.stage, "answer_until": form.end(standing.call)}
    who = {"actor": request.actor, "now": timezone.now()}
    held = queries.pending_release(standing.call) is not None
    told = (
        _("The honours are offered with the release.")
        if held
        else _("The honours are offered, in confidence.")
    )
    attempt(request, lambda: actions.offer_honours(**acting, **who), told)
    return redirect("desk_honours:call", key)


@require_POST
@desk_only
@found_or_404
def release(request: HttpRequest, key: str) -> HttpResponse:
    """Set the minute at which results are told, or another one with a reason."""
    standing, form = queries.get_call_with_honours(key), ReleaseForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the day and the minute of the release."))
        return redirect("desk_honours:call", key)
    acting = {
        "call": standing.call,
        "at": form.moment(standing.call),
        "reason": form.cleaned_data["reason"],
    }
    who = {"actor": request.actor, "now": timezone.now()}
    attempt(request, lambda: actions.set_release(**acting, **who), _("The release is set."))
    return redirect("desk_honours:call", key)


@require_POST
@desk_only
@found_or_404
def confer(request: HttpRequest, key: str) -> HttpResponse:
    """Confer what was accepted: from then on it is public."""
    standing = queries.get_call_with_honours(key)
    n = standing.to_confer
    told = (
        ngettext(
            "%(n)d honour is conferred with the release.", "%(n)d honours are conferred with the release.", n
        )
        if queries.pending_release(standing.call)
        else ngettext("%(n)d honour is conferred.", "%(n)d honours are conferred.", n)
    ) % {"n": n}
    who = {"actor": request.actor, "now": timezone.now()}
    attempt(request, lambda: actions.confer_accepted(call=standing.call, **who), told)
    return redirect("desk_honours:call", key)


@require_POST
@desk_only
@found_or_404
def revoke(request: HttpRequest, key: str, number: str) -> HttpResponse:
    """Take a conferred honour back, with a reason that stays in the record."""
    standing, form = queries.get_call_with_honours(key), RevokeForm(request.POST)
    honour = queries.get_honour(standing.call, number)
    if not form.is_valid():
        messages.error(request, _("An honour is revoked with a reason."))
        return redirect("desk_honours:call", key)
    who = {"actor": request.actor, "now": timezone.now()}
    told = _("The honour %(number)s is revoked.") % {"number": number}
    attempt(request, lambda: actions.revoke_honour(honour=honour, **form.cleaned_data, **who), told)
    return redirect("desk_honours:call", key)
