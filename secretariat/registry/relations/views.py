"""My relations, which nobody else reads; and those that the desk recorded of somebody."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from secretariat.foundation.accounts.actor import REFUSALS
from secretariat.foundation.accounts.doors import admitting, in_person
from secretariat.foundation.ui.changing import change_page
from secretariat.registry.people.models import Person
from secretariat.registry.relations import actions, queries
from secretariat.registry.relations.forms import EndForm, PinForm, RelationForm
from secretariat.registry.relations.models import Relation

HOME = "my_relations:relations"


@require_safe
@in_person
def relations(request: HttpRequest) -> HttpResponse:
    """What I have declared, what was recorded of me, and who learns of it."""
    return render(request, "relations/my_relations.html", {"relations": queries.my_relations(request.actor)})


@in_person
def declare(request: HttpRequest) -> HttpResponse:
    """Say to whom I am tied."""

    def save(form: RelationForm) -> str:
        actions.declare_relation(**form.cleaned_data, **_who(request))
        return reverse(HOME)

    text = _(
        "Family, friendship, money, supervision, a dispute. Said once, it counts for every call, meeting and vote. "
        "Others learn that there is a relation, never to whom or which."
    )
    form = RelationForm(_sent(request))
    return change_page(request, form, save, refusals=REFUSALS, text=text, **_page(_("Declare a relation")))


@in_person
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say until when it held."""
    try:
        relation = queries.get_my_relation(request.actor, pk)
    except Relation.DoesNotExist:
        raise Http404 from None
    return _ending(request, relation, reverse(HOME), _crumbs())


@admitting("desk.run")
def pin(request: HttpRequest, number: str) -> HttpResponse:
    """Record a relation that somebody did not declare."""
    person = get_object_or_404(Person.objects.select_related("ref"), ref__number=number)
    form = PinForm(_sent(request))

    def save(form: PinForm) -> str:
        actions.pin_relation(person=person, **form.cleaned_data, **_who(request))
        return _path(number)

    crumbs = [{"label": str(person), "path": _path(number)}]
    page = {"heading": _("Record a personal relation"), "back": _path(number), "crumbs": crumbs}
    text = _("It counts as a conflict of interest like one she declared. She reads it, and cannot end it.")
    return change_page(request, form, save, refusals=REFUSALS, text=text, **page)


@admitting("desk.run")
def end_pinned(request: HttpRequest, number: str, pk: UUID) -> HttpResponse:
    """End what the desk recorded."""
    relation = get_object_or_404(Relation, person__ref__number=number, pk=pk, is_pinned=True)
    crumbs = [{"label": number, "path": _path(number)}]
    return _ending(request, relation, _path(number), crumbs)


def _ending(
    request: HttpRequest, relation: Relation, back: str, crumbs: list[dict[str, Any]]
) -> HttpResponse:
    def save(form: EndForm) -> str:
        actions.end_relation(relation=relation, **form.cleaned_data, **_who(request))
        return back

    heading = _("End the relation to %(name)s") % {"name": relation.name}
    form = EndForm(_sent(request), initial={"ends_on": timezone.localdate()})
    text = _("It goes on to count for as many years as each question looks back.")
    return change_page(
        request, form, save, refusals=REFUSALS, heading=heading, back=back, crumbs=crumbs, text=text
    )


def _sent(request: HttpRequest) -> Any:
    """What was sent: also where that was nothing, which is refused rather than shown as a page that was asked for."""
    return request.POST if request.method == "POST" else None


def _page(heading: str) -> dict[str, Any]:
    return {"heading": heading, "back": reverse(HOME), "crumbs": _crumbs()}


def _crumbs() -> list[dict[str, Any]]:
    return [{"label": _("My relations"), "path": reverse(HOME)}]


def _path(number: str) -> str:
    return reverse("desk_people:person", args=[number])


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"actor": request.actor, "now": timezone.now()}
