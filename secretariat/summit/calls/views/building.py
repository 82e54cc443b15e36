"""A call is built: its names and days, the fields of its form and its formal conditions, while it is a draft."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from secretariat.foundation.accounts.actor import REFUSALS
from secretariat.foundation.accounts.doors import desk_only
from secretariat.foundation.ui.changing import change_page
from secretariat.registry.editions.queries import visible_editions
from secretariat.summit.calls import actions, building, queries
from secretariat.summit.calls.models import Call, CallPart, EligibilityRule, FormField
from secretariat.summit.calls.rules import can_run_call
from secretariat.summit.calls.states import FieldKind
from secretariat.summit.calls.views.reaching import told, who

View = Callable[..., HttpResponse]
MODELS: dict[str, type[CallPart]] = {"fields": FormField, "conditions": EligibilityRule}
KINDS = {"fields": dict(FieldKind.choices), "conditions": building.CONDITION_KINDS}


def runs_call(view: View) -> View:
    """Give the view the call, for whoever runs the desk; for anybody else there is no such page."""

    @wraps(view)
    def guarded(request: HttpRequest, key: str, **named: Any) -> HttpResponse:
        if not can_run_call(request.actor) or named.get("part", "fields") not in MODELS:
            raise Http404
        try:
            return view(request, queries.call_by_key(key), **named)
        except queries.NotFound as error:
            raise Http404 from error

    return desk_only(guarded)


def of_draft(view: View) -> View:
    """The same for a page that changes the rules: whoever comes after they were fixed is led to the call."""

    @wraps(view)
    def guarded(request: HttpRequest, found: Call, **named: Any) -> HttpResponse:
        if found.state != "draft":
            messages.info(request, _("The rules of this call are fixed. A new call can be started from it."))
            return redirect("desk_calls:call", found.key)
        return view(request, found, **named)

    return runs_call(guarded)


@require_safe
@of_draft
def build(request: HttpRequest, found: Call) -> HttpResponse:
    """The rules of a call as they stand, what stands in the way of opening it, and the ways to change them."""
    context = {
        "call": found,
        "obstacles": queries.obstacles_of(found, timezone.now()),
        "fields": found.formfields.order_by("position"),
        "conditions": found.eligibilityrules.order_by("position"),
        "field_kinds": FieldKind.choices,
        "condition_kinds": building.CONDITION_KINDS.items(),
        "moved": request.GET.get("moved", ""),
    }
    return render(request, "calls/desk_build.html", context)


@of_draft
def details(request: HttpRequest, found: Call) -> HttpResponse:
    """Change what a call is called, and its days."""

    def save(form: building.DetailsForm) -> str:
        if changes := form.changes():
            actions.change_call(call=found, **changes, **who(request))
        return path_of(found)

    form = building.DetailsForm(request.POST or None, zone=found.zone, current=building.details_of(found))
    return _page(request, found, form, save, _("Names and days"))


@of_draft
def new_part(request: HttpRequest, found: Call, part: str) -> HttpResponse:
    """Add a field or a formal condition; ``?kind=`` names its kind."""
    kind = _kind(request, part, next(iter(KINDS[part])))
    taken = MODELS[part].objects.filter(call=found).values_list("key", flat=True)

    def save(form: building.PartForm) -> str:
        values = form.columns()
        actions.add_part(call=found, model=MODELS[part], key=values.pop("key"), values=values, **who(request))
        return f"{path_of(found)}#{part}"

    form = _form(
        found, part, kind, request.POST or None, taken=list(taken), initial={"confidentiality": "public"}
    )
    heading = _("New field: %(kind)s") if part == "fields" else _("New condition: %(kind)s")
    return _page(request, found, form, save, heading % {"kind": KINDS[part][kind]})


@of_draft
def change_part(request: HttpRequest, found: Call, part: str, row: str) -> HttpResponse:
    """Change a field or a formal condition; ``?kind=`` makes it one of another kind."""
    shown = queries.part_named(found, MODELS[part], row)
    kind = _kind(request, part, shown.kind)

    def save(form: building.PartForm) -> str:
        actions.change_part(part=shown, values=form.columns(), **who(request))
        return f"{path_of(found)}#{part}-{row}"

    form = _form(found, part, kind, request.POST or None, current=building.current_of(shown, kind))
    below = {"part": part, "row": shown, "kind": kind, "call": found, "kinds": KINDS[part].items()}
    heading = f"{shown.key}: {KINDS[part][kind]}"
    return _page(request, found, form, save, heading, below="calls/desk_part_below.html", **below)


@require_POST
@of_draft
def act_on_part(request: HttpRequest, found: Call, part: str, row: str, verb: str) -> HttpResponse:
    """Move a row of the rules up or down, or take it out."""
    shown = queries.part_named(found, MODELS[part], row)
    by = {"up": -1, "down": 1}.get(verb)
    if by is None and verb != "remove":
        raise Http404
    with told(request):
        if by:
            actions.move_part(part=shown, by=by, **who(request))
        else:
            actions.remove_part(part=shown, **who(request))
    return redirect(
        f"{path_of(found)}?moved={part}-{row}-{verb}#{part}" if by else f"{path_of(found)}#{part}"
    )


@runs_call
def copy(request: HttpRequest, found: Call) -> HttpResponse:
    """Start a new call with the rules of this one; its names and days are set here."""

    def save(form: building.CopyForm) -> str:
        given = {name: value for name, value in form.cleaned_data.items() if name != "was"}
        return path_of(actions.copy_call(call=found, **given, **who(request)))

    names = {name: value for name, value in building.details_of(found).items() if not name.endswith("_at")}
    editions = visible_editions(request.actor).filter(simulated=found.edition.simulated)
    form = building.CopyForm(request.POST or None, zone=found.zone, editions=editions, initial=names)
    text = _(
        "Form, conditions, criteria and cuts are copied. The new call is a draft: all of it can be changed."
    )
    return _page(request, found, form, save, _("A new call from this one"), text=text)


def path_of(found: Call) -> str:
    """Return where a call is built."""
    return reverse("desk_calls:build", args=[found.key])


def _kind(request: HttpRequest, part: str, usual: str) -> str:
    kind = request.GET.get("kind") or usual
    if kind not in KINDS[part]:
        raise Http404
    return kind


def _form(found: Call, part: str, kind: str, data: Any, **named: Any) -> building.PartForm:
    if part == "fields":
        return building.FieldForm(data, kind=kind, languages=found.languages, **named)
    specs = queries.field_specs(found)
    return building.ConditionForm(data, kind=kind, specs=specs, languages=found.languages, **named)


def _page(
    request: HttpRequest, found: Call, form: Any, save: Callable[[Any], str], heading: str, **context: Any
) -> HttpResponse:
    is_draft = found.state == "draft"
    back = path_of(found) if is_draft else reverse("desk_calls:call", args=[found.key])
    crumbs = [
        {"label": _("Calls"), "path": reverse("desk_calls:calls")},
        {"label": found.key, "path": reverse("desk_calls:call", args=[found.key])},
        *([{"label": _("Rules"), "path": back}] if is_draft else []),
        {"label": heading, "path": ""},
    ]
    return change_page(
        request, form, save, heading=heading, back=back, refusals=REFUSALS, crumbs=crumbs, **context
    )
