"""The same act on many rows: asked once more with what it will do, then one action for each, in one transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from secretariat.foundation.ui.tables.columns import Label

if TYPE_CHECKING:
    from secretariat.foundation.ui.tables.table import Table

SHOWN = 50  # rows named on the page that asks; nobody reads more of them


@dataclass(frozen=True)
class Mass:
    """An act on many rows: ``do(row, values, actor=…, now=…)`` makes one call to one action.

    ``form`` asks what the act needs to know, and its clean values are ``values``. An exception among ``refusals`` says
    why a row is left as it is: then nothing is done to any row, until the actor says to leave those out.
    """

    title: Label
    button: Label
    do: Callable[..., Any]
    text: Label = ""
    form: type[Form] | None = None
    named: Callable[[Any], str] = str
    path: Callable[[Any], str] | None = None
    refusals: tuple[type[Exception], ...] = (ValueError,)
    most: int = 1000  # more in one request would keep everybody else waiting


@dataclass(frozen=True)
class Line:
    """A row on the page that asks, and why it is left out."""

    name: str
    path: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Outcome:
    """What was done, or would have been: how many rows, and which were refused."""

    done: int = 0
    refused: Sequence[Line] = field(default_factory=list)


def mass(request: HttpRequest, table: "Table", act: Mass) -> HttpResponse:
    """Answer what an ``Act`` of a table posts: ask, do, report. Works without scripts."""
    back = _back(request)
    rows = list(table.chosen(request.POST)[: act.most + 1])
    if wrong := _wrong_number(len(rows), act):
        messages.error(request, wrong)
        return HttpResponseRedirect(back)
    is_sent = request.POST.get("step") == "do"
    form = act.form(request.POST if is_sent else None) if act.form else None
    seen, outcome = _digest(rows), None
    is_same = request.POST.get("seen") == seen
    if is_sent and is_same and (form is None or form.is_valid()):
        outcome = _do(request, rows, act, form.cleaned_data if form else {})
        if not outcome.refused or request.POST.get("skip"):
            return _report(request, act, outcome, back)
    context = {
        "act": act, "form": form, "count": len(rows), "rows": [_line(act, row) for row in rows[:SHOWN]],
        "more": max(0, len(rows) - SHOWN), "seen": seen, "has_changed": is_sent and not is_same, "outcome": outcome,
        "keys": [] if request.POST.get("all") else [str(row.pk) for row in rows], "back": back,
    }  # fmt: skip
    wrong = outcome is not None or (form is not None and form.is_bound and not form.is_valid())
    return render(request, "ui/mass_ask.html", context, status=422 if wrong else 200)


def _do(request: HttpRequest, rows: Sequence[Any], act: Mass, values: dict[str, Any]) -> Outcome:
    now, refused = timezone.now(), []
    with transaction.atomic():
        for row in rows:
            if reason := _refusal(request, row, act, values, now):
                refused.append(_line(act, row, reason))
        if refused and not request.POST.get("skip"):
            transaction.set_rollback(True)
    return Outcome(len(rows) - len(refused), refused)


def _refusal(request: HttpRequest, row: Any, act: Mass, values: dict[str, Any], now: datetime) -> str:
    try:
        with transaction.atomic():
            act.do(row, values, actor=request.actor, now=now)
    except act.refusals as refused:
        return str(refused)
    return ""


def _report(request: HttpRequest, act: Mass, outcome: Outcome, back: str) -> HttpResponse:
    words = ngettext("Done: %(act)s, one row.", "Done: %(act)s, %(count)s rows.", outcome.done) % {
        "act": act.title, "count": f"{outcome.done:,}",
    }  # fmt: skip
    if not outcome.refused:
        messages.success(request, words)
        return HttpResponseRedirect(back)
    context = {"act": act, "outcome": outcome, "words": words, "back": back}
    return render(request, "ui/mass_report.html", context)


def _wrong_number(count: int, act: Mass) -> str:
    if not count:
        return _("Choose the rows first.")
    if count > act.most:
        return _("That is more than %(most)s rows at once. Narrow the list and take it in parts.") % {
            "most": f"{act.most:,}"
        }
    return ""


def _line(act: Mass, row: Any, reason: str = "") -> Line:
    return Line(act.named(row), act.path(row) if act.path else "", reason)


def _digest(rows: Sequence[Any]) -> str:
    """Return what tells whether these are still the rows that were shown."""
    return sha256(",".join(sorted(str(row.pk) for row in rows)).encode()).hexdigest()[:20]


def _back(request: HttpRequest) -> str:
    asked = request.POST.get("next", "")
    return asked if url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else "/desk/"
