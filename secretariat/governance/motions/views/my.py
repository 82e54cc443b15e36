"""Motions for members: read, second, follow, amend."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from secretariat.foundation.accounts.actor import REFUSALS
from secretariat.foundation.accounts.doors import in_person, signed_in
from secretariat.foundation.ui.changing import change_page
from secretariat.governance.motions import actions, forms, queries, rules
from secretariat.governance.motions.logic import Change, fits
from secretariat.governance.motions.models import Motion
from secretariat.governance.motions.showing import clauses_of, places_named, power_of, reads_otherwise
from secretariat.governance.motions.states import Doing, Part
from secretariat.governance.motions.views.reaching import get_amendment, get_motion, holder_in, who

PAGE = 50


@require_safe
@signed_in
def motions(request: HttpRequest) -> HttpResponse:
    """The motions of my bodies: what I write first, then what waits to be decided."""
    today = timezone.localdate()
    page = Paginator(queries.own_motions(request.actor, today), PAGE).get_page(request.GET.get("page"))
    context = {
        "motions": page.object_list, "may_write": bool(_choices(request)),
        "previous": page.has_previous() and f"?page={page.previous_page_number()}",
        "next": page.has_next() and f"?page={page.next_page_number()}",
    }  # fmt: skip
    return render(request, "motions/my_motions.html", context)


@in_person
def new(request: HttpRequest) -> HttpResponse:
    """Say in which body, and begin to write."""
    places = _choices(request)
    if not places:
        raise Http404

    def save(form: forms.BeginForm) -> str:
        body, holder = choices[form.cleaned_data["place"]]
        begun = actions.start_motion(body=body, holder=holder, kind=form.cleaned_data["kind"], **who(request))
        return reverse("my_motions:write", args=[begun.ref.number])

    choices = {key: (body, place.organisation or place.person) for key, _label, body, place in places}
    form = forms.BeginForm(
        request.POST if request.method == "POST" else None,
        places=[(key, label) for key, label, _b, _p in places],
    )
    text = _("Nobody but its movers sees it before it is submitted.")
    page = {"heading": _("Write a motion"), "back": reverse("my_motions:motions"), "text": text}
    return change_page(request, form, save, refusals=REFUSALS, button=_("Begin"), **page)


def _choices(request: HttpRequest) -> list[tuple[str, str, Any, Any]]:
    """The places the reader may move for: key, words, body, place."""
    actor, today, found = request.actor, timezone.localdate(), []
    if not rules.is_herself(actor):
        return []
    for body in queries.bodies_to_ask(actor, today):
        places = queries.places_held(actor, body, today)
        for place, (holder, name) in zip(places, places_named(places), strict=True):
            label = (
                str(body)
                if name == _("myself")
                else _("%(body)s, for %(name)s") % {"body": body, "name": name}
            )
            found.append((f"{body.ref.number} {holder}", label, body, place))
    return found


@require_safe
@signed_in
def motion(request: HttpRequest, number: str) -> HttpResponse:
    """The text with what is proposed to change it, who stands behind it, and what I may do."""
    found, actor = get_motion(request, number), request.actor
    backings = queries.backings_of(found)
    mine = {backing.part for backing in backings if backing.by_id == actor.person_id}
    voting = queries.open_ballot_about(found.ref_id)
    places = _places(request, found) if rules.is_herself(actor) else []
    context = {
        "motion": found, "clauses": clauses_of(found, actor.person_id), "backings": backings, "voting": voting,
        "versions": queries.versions_of(found), "mine": mine, "moves": Part.MOVER in mine and rules.is_herself(actor),
        "places": places_named(places), "needed": queries.requirement_of(found.body, found.kind).seconders,
        "follows": bool(actor.person_id) and found.followers.filter(person=actor.person_id).exists(),
        "may_amend": bool(places) and found.state == "admitted" and not voting, "door": "my",
        "may_lead": rules.can_lead(actor, found.body) and found.submitted_at, "reads": reads_otherwise(found),
        "resting": power_of(found), "seconders": sum(row.part == Part.SECONDER for row in backings),
    }  # fmt: skip
    return render(request, "motions/my_motion.html", context)


def _places(request: HttpRequest, found: Motion) -> list[Any]:
    if found.state not in ("submitted", "admitted", "withdrawn"):
        return []
    return queries.places_held(request.actor, found.body, timezone.localdate())


@in_person
def amend(request: HttpRequest, number: str, paragraph: int) -> HttpResponse:
    """Propose to change one paragraph; its text stands in the form already."""
    found = get_motion(request, number)
    there = fits(Change(Doing.INSERT, paragraph), len(found.paragraphs))
    if found.state != "admitted" or not there or not _places(request, found):
        raise Http404
    back = reverse("my_motions:motion", args=[number])

    def save(form: forms.AmendmentForm) -> str:
        made = actions.propose_amendment(
            motion=found, paragraph=paragraph, **form.cleaned_data, **who(request)
        )
        return f"{back}#a{made.number}"

    form = forms.AmendmentForm(
        request.POST if request.method == "POST" else None,
        paragraph=paragraph,
        initial=_stands(found, paragraph),
    )
    heading = (
        _("Amend paragraph %(number)s") % {"number": paragraph} if paragraph else _("Insert a paragraph")
    )
    page = {"heading": heading, "back": back, "crumbs": _crumbs(found)}
    return change_page(request, form, save, refusals=REFUSALS, button=_("Propose"), **page)


def _stands(found: Motion, paragraph: int) -> dict[str, Any]:
    """What an amendment begins with: the paragraph as it stands, to be rewritten."""
    if paragraph == 0:
        return {"doing": Doing.INSERT}
    stands = found.text[paragraph - 1]
    return {"doing": Doing.REPLACE, "text_en": stands.en, "text_zh": stands.zh}


MOTION_ACTS = {
    "second": lambda **kw: actions.back_motion(part=Part.SECONDER, **kw),
    "join": lambda **kw: actions.back_motion(part=Part.MOVER, **kw),
    "take-over": actions.take_over,
    "step-back": lambda holder, **kw: actions.step_back(**kw),
    "submit": lambda holder, **kw: actions.submit_motion(**kw),
    "follow": lambda holder, **kw: actions.follow_motion(follows=True, **kw),
    "unfollow": lambda holder, **kw: actions.follow_motion(follows=False, **kw),
}
AMENDMENT_ACTS = {
    "accept": actions.accept_amendment, "decline": actions.decline_amendment,
    "step-back": actions.step_back_from_amendment,
}  # fmt: skip


@require_POST
@in_person
def act(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """Second it, join its movers, step back, take it over, submit it, follow it."""
    found = get_motion(request, number)
    if act not in MOTION_ACTS:
        raise Http404
    _tell(request, lambda: MOTION_ACTS[act](motion=found, holder=holder_in(request), **who(request)))
    return redirect("my_motions:motion", number)


@require_POST
@in_person
def act_on_amendment(request: HttpRequest, number: str, at: int, act: str) -> HttpResponse:
    """Accept it as a mover of the motion, leave it to the body, or step back from it."""
    found = get_amendment(get_motion(request, number), at)
    if act not in AMENDMENT_ACTS:
        raise Http404
    _tell(request, lambda: AMENDMENT_ACTS[act](amendment=found, **who(request)))
    return redirect(f"{reverse('my_motions:motion', args=[number])}#a{at}")


def _tell(request: HttpRequest, do: Any) -> None:
    try:
        do()
        messages.success(request, _("Done."))
    except REFUSALS as refused:
        messages.error(request, str(refused))


def _crumbs(found: Motion) -> list[dict[str, str]]:
    path = reverse("my_motions:motion", args=[found.ref.number])
    motions = {"label": _("Motions"), "path": reverse("my_motions:motions")}
    return [motions, {"label": found.code or found.ref.number, "path": path}]
