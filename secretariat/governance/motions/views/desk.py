"""Leading a motion: admitted or ruled out, amendments in their order, put to the vote, published."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from secretariat.foundation.accounts.actor import REFUSALS
from secretariat.foundation.accounts.doors import admitting, signed_in
from secretariat.foundation.ui.changing import change_page
from secretariat.governance.motions import actions, forms, queries, rules
from secretariat.governance.motions.models import Motion
from secretariat.governance.motions.showing import clauses_of, power_of, reads_otherwise
from secretariat.governance.motions.tables import MotionsTable
from secretariat.governance.motions.views.reaching import get_amendment, leading, who
from secretariat.governance.powers.queries import powers_held
from secretariat.registry.refs.timeline import timeline_of

# What is done with a motion that needs a word more than a button, in which state.
MOTION_FORMS: dict[str, tuple[Any, Any, Any, tuple[str, ...]]] = {
    "rule-out": (forms.ReasonForm, gettext_lazy("Rule out of order"),
                 gettext_lazy("It is not put before the body. Its movers read the reason."), ("submitted",)),
    "power": (forms.PowerForm, gettext_lazy("Name the power"),
              gettext_lazy("Under which power the body decides. It stands on the motion and on its ballot."),
              ("submitted", "admitted")),
    "lapse": (forms.ReasonForm, gettext_lazy("Let it lapse"),
              gettext_lazy("Nobody votes on it any more; undecided amendments lapse with it."),
              ("submitted", "admitted", "withdrawn")),
    "vote": (forms.VoteForm, gettext_lazy("Put to the vote"),
             gettext_lazy("The ballot opens at once, by the majority that this kind of motion needs."), ("admitted",)),
}  # fmt: skip
MOTION_DOES: dict[str, Callable[..., Any]] = {
    "rule-out": actions.rule_out_motion, "power": actions.name_power, "lapse": actions.lapse_motion,
}  # fmt: skip
AMENDMENT_FORMS: dict[str, tuple[Any, Any, Any, tuple[str, ...]]] = {
    "vote": (forms.VoteForm, gettext_lazy("Put to the vote"), gettext_lazy("The ballot opens at once."), ("proposed",)),
    "rule-out": (forms.ReasonForm, gettext_lazy("Rule out of order"),
                 gettext_lazy("It is not voted on. Its movers read the reason."), ("proposed",)),
    "rule": (forms.RulingForm, gettext_lazy("Rule on it"),
             gettext_lazy("Another amendment to the same paragraph was taken in. Does this one still make sense?"),
             ("questioned",)),
}  # fmt: skip
BUTTONS: dict[str, tuple[Callable[..., Any], tuple[str, ...]]] = {
    "admit": (actions.admit_motion, ("submitted",)), "publish": (actions.publish_motion, ("adopted",)),
}  # fmt: skip


@require_safe
@signed_in
def motions(request: HttpRequest) -> HttpResponse:
    """Every motion before a body the reader leads; the desk sees all."""
    if not rules.may_come_in(request.actor):
        raise Http404
    rows = queries.counted_motions(request.actor, timezone.localdate())
    return MotionsTable(rows).respond(request, "motions/desk_motions.html")


@require_safe
@leading
def motion(request: HttpRequest, found: Motion) -> HttpResponse:
    """The motion as who leads the body sees it: the next thing to do stands above."""
    voting, undecided = queries.open_ballot_about(found.ref_id), list(queries.undecided(found))
    backings = queries.backings_of(found)
    needed = queries.requirement_of(found.body, found.kind).seconders
    seconders = sum(backing.part == "seconder" for backing in backings)
    context = {
        "motion": found, "clauses": clauses_of(found), "backings": backings, "needed": needed,
        "is_short": found.state == "submitted" and seconders < needed, "seconders": seconders,
        "versions": queries.versions_of(found), "voting": voting, "undecided": undecided, "door": "desk",
        "next": next((row for row in undecided if row.state == "proposed"), None),
        "is_ordered": len(undecided) < 2 or all(row.position for row in undecided),
        "may_lead": rules.can_lead(request.actor, found.body),
        "ways": [name for name, (*_rest, states) in MOTION_FORMS.items() if found.state in states and not voting],
        "events": timeline_of([found.pk, *found.amendments.values_list("pk", flat=True)]), "crumbs": _crumbs(),
        "reads": reads_otherwise(found), "resting": power_of(found),
        "has_powers": found.power_id or powers_held(found.body, timezone.localdate()).exists(),
    }  # fmt: skip
    return render(request, "motions/desk_motion.html", context)


@leading
def act(request: HttpRequest, found: Motion, act: str) -> HttpResponse:
    """Admit, publish at the press of a button; rule out, let lapse, put to the vote with a form."""
    if act in BUTTONS and request.method == "POST":
        try:
            BUTTONS[act][0](motion=found, **who(request))
            messages.success(request, _("Done."))
        except REFUSALS as refused:
            messages.error(request, str(refused))
        return redirect("desk_motions:motion", found.ref.number)
    if act not in MOTION_FORMS:
        raise Http404
    kind, label, text, _states = MOTION_FORMS[act]

    def save(form: Any) -> str:
        said = {**form.cleaned_data, **who(request)}
        if act == "vote":
            ballot = actions.put_to_vote(subject=found.ref, **said)
            return reverse("desk_ballots:ballot", args=[ballot.ref.number])
        MOTION_DOES[act](motion=found, **said)
        return _path(found)

    named = {"powers": powers_held(found.body, timezone.localdate()), "initial": {"power": found.power_id}}
    form = kind(_data(request), **(named if act == "power" else {}))
    return _change(request, found, form, save, label, text)


@leading
def act_on_amendment(request: HttpRequest, found: Motion, at: int, act: str) -> HttpResponse:
    """Put an amendment to the vote, rule it out, or say whether it falls or stays."""
    if act not in AMENDMENT_FORMS:
        raise Http404
    amendment, (kind, label, text, _states) = get_amendment(found, at), AMENDMENT_FORMS[act]

    def save(form: Any) -> str:
        said = {**form.cleaned_data, **who(request)}
        if act == "vote":
            ballot = actions.put_to_vote(subject=amendment.ref, **said)
            return reverse("desk_ballots:ballot", args=[ballot.ref.number])
        do = actions.rule_on_competing if act == "rule" else actions.rule_out_amendment
        do(amendment=amendment, **said)
        return f"{_path(found)}#a{at}"

    heading = f"{amendment}: {label}"
    return _change(request, found, kind(_data(request)), save, heading, text, label)


@leading
def order(request: HttpRequest, found: Motion) -> HttpResponse:
    """The order of votes: as suggested, the most far-reaching first within each paragraph, until it is set."""
    rows = list(queries.undecided(found))
    if not rows or any(row.position is None for row in rows):
        rows = queries.suggested_order(found)

    def save(form: forms.OrderForm) -> str:
        actions.set_order(motion=found, amendments=form.order(), **who(request))
        return _path(found)

    text = _("Within a paragraph the most far-reaching comes first; so it is suggested here.")
    form = forms.OrderForm(_data(request), amendments=rows)
    return _change(request, found, form, save, _("Order of votes"), text, _("Set the order"))


@admitting("desk.run")
def requirements(request: HttpRequest) -> HttpResponse:
    """What each kind of motion needs in each body."""

    def save(form: forms.RequirementForm) -> str:
        actions.lay_down_requirement(**form.cleaned_data, **who(request))
        return reverse("desk_motions:requirements")

    page = {"heading": _("What motions need"), "back": reverse("desk_motions:motions"), "crumbs": _crumbs()}
    laid = queries.requirements_laid_down()
    form = forms.RequirementForm(_data(request))
    return change_page(
        request, form, save, refusals=REFUSALS, button=_("Lay down"), requirements=laid,
        below="motions/requirements.html", **page,
    )  # fmt: skip


def _change(
    request: HttpRequest, found: Motion, form: Any, save: Any, heading: Any, text: Any, button: Any = ""
) -> HttpResponse:
    crumbs = [*_crumbs(), {"label": found.code, "path": _path(found)}]
    return change_page(
        request, form, save, refusals=REFUSALS, heading=heading, text=text, button=button or heading,
        back=_path(found), crumbs=crumbs,
    )  # fmt: skip


def _data(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _path(found: Motion) -> str:
    return reverse("desk_motions:motion", args=[found.ref.number])


def _crumbs() -> list[dict[str, str]]:
    return [{"label": _("Motions"), "path": reverse("desk_motions:motions")}]
