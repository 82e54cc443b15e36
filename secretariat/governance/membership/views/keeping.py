"""Admitting members, and what may happen to them afterwards, at the desk."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secretariat.foundation.accounts.actor import REFUSALS
from secretariat.foundation.accounts.doors import admitting
from secretariat.foundation.ui.changing import change_page
from secretariat.governance.membership import actions, forms, queries
from secretariat.governance.membership.models import Member, Representative

# What may happen to a member: the action, its form, and its words.
ACTS: dict[str, tuple[Callable[..., Any], type, Any, Any]] = {
    "category": (actions.change_category, forms.ChangeCategoryForm, gettext_lazy("Change the category"),
                 gettext_lazy("The present category ends on the day before.")),
    "renew": (actions.renew_membership, forms.RenewForm, gettext_lazy("Renew"),
              gettext_lazy("What is paid for counts from today; the days of grace follow its last day.")),
    "override": (actions.override_standing, forms.OverrideForm, gettext_lazy("Decide by hand"),
                 gettext_lazy("How the member stands until a day, whatever the rules say. Everybody who sees the "
                              "member sees that it was decided by hand, and why.")),
    "lift": (actions.lift_override, forms.NothingForm, gettext_lazy("Lift the decision"),
             gettext_lazy("From now on the rules say again how the member stands.")),
    "hide": (actions.hide_directory_entry, forms.NothingForm, gettext_lazy("Hide the directory entry"),
             gettext_lazy("At the wish of the member: nothing it says of itself is public until it chooses again.")),
    "suspend": (actions.suspend_member, forms.ReasonForm, gettext_lazy("Suspend"),
                gettext_lazy("A suspended member stays a member, but its representatives may not act for it.")),
    "reinstate": (actions.reinstate_member, forms.NothingForm, gettext_lazy("Reinstate"),
                  gettext_lazy("The suspension is taken back; representatives may act again.")),
    "end": (actions.end_membership, forms.EndForm, gettext_lazy("End the membership"),
            gettext_lazy("The last day is also that of its representatives. It may be admitted again later.")),
}  # fmt: skip
# In which states of a member each is offered.
OFFERED = {
    "active": ("renew", "category", "override", "suspend", "end"),
    "suspended": ("reinstate", "renew", "category", "end"),
    "ended": (),
}


@admitting("desk.run")
def admit(request: HttpRequest) -> HttpResponse:
    """Admit a person or an organisation; ``?organisation=NUMBER`` and ``?person=NUMBER`` say whom."""

    def save(form: forms.AdmitForm) -> str:
        member = actions.admit_member(**form.cleaned_data, **_who(request))
        return reverse("desk_membership:member", args=[member.ref.number])

    begun = {name: request.GET.get(name, "") for name in ("organisation", "person")}
    form = forms.AdmitForm(request.POST or None, initial={**begun, "starts_on": timezone.localdate()})
    page = {"heading": _("Admit a member"), "back": reverse("desk_membership:members"), "crumbs": _crumbs()}
    return change_page(request, form, save, refusals=REFUSALS, button=_("Admit"), **page)


@admitting("desk.run")
def act(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """Change the category, suspend, reinstate or end; what is refused stands above the form."""
    member = _get(request, number)
    if act not in ACTS:
        raise Http404
    action, form, label, text = ACTS[act]

    def save(form: Any) -> str:
        action(member=member, **form.cleaned_data, **_who(request))
        return _path(number)

    # A form that asks nothing is sent empty, but sent.
    asked = form(request.POST if request.method == "POST" else None)
    return change_page(
        request, asked, save, refusals=REFUSALS, text=text, button=label, **_page(member, label)
    )


@admitting("desk.run")
def add_representative(request: HttpRequest, number: str) -> HttpResponse:
    """Say who speaks for a member."""
    member = _get(request, number)

    def save(form: forms.RepresentativeForm) -> str:
        actions.name_representative(member=member, **form.cleaned_data, **_who(request))
        return _path(number)

    form = forms.RepresentativeForm(request.POST or None)
    return change_page(request, form, save, refusals=REFUSALS, **_page(member, _("New representative")))


@admitting("desk.run")
def hand_vote(request: HttpRequest, number: str, pk: UUID) -> HttpResponse:
    """Say from which day on somebody casts the vote of a member."""
    member = _get(request, number)
    found = get_object_or_404(Representative.objects.select_related("person", "member"), pk=pk, member=member)

    def save(form: forms.VoteForm) -> str:
        actions.hand_vote_to(representative=found, **form.cleaned_data, **_who(request))
        return _path(number)

    form = forms.VoteForm(request.POST or None, initial={"starts_on": timezone.localdate()})
    page = _page(member, _("%(name)s casts the vote") % {"name": found.person})
    text = _("Whoever casts it now goes on speaking for the member without it.")
    return change_page(
        request, form, save, refusals=REFUSALS, text=text, button=_("Hand over the vote"), **page
    )


@admitting("desk.run")
def end_representative(request: HttpRequest, number: str, pk: UUID) -> HttpResponse:
    """Say on which day somebody stops speaking for a member."""
    member = _get(request, number)
    rows = Representative.objects.select_related("person", "member")
    found = get_object_or_404(rows, pk=pk, member=member)

    def save(form: forms.LastDayForm) -> str:
        actions.end_representation(representative=found, **form.cleaned_data, **_who(request))
        return _path(number)

    form = forms.LastDayForm(request.POST or None, initial={"ends_on": timezone.localdate()})
    page = _page(member, _("End the term of %(name)s") % {"name": found.person})
    return change_page(request, form, save, refusals=REFUSALS, button=_("End the term"), **page)


def ways_of(member: Member, *, is_override: bool, is_shown: bool) -> list[dict[str, Any]]:
    """Return what may be done to a member in its present state."""
    number = member.ref.number
    acts = ["lift" if act == "override" and is_override else act for act in OFFERED[member.state]]
    acts += ["hide"] if is_shown else []
    return [
        {"label": ACTS[act][2], "path": reverse("desk_membership:act", args=[number, act])} for act in acts
    ]


def _get(request: HttpRequest, number: str) -> Member:
    try:
        return queries.get_member_for(request.actor, number, timezone.localdate())
    except Member.DoesNotExist:
        raise Http404 from None


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"actor": request.actor, "now": timezone.now()}


def _path(number: str) -> str:
    return reverse("desk_membership:member", args=[number])


def _crumbs() -> list[dict[str, str]]:
    return [{"label": _("Members"), "path": reverse("desk_membership:members")}]


def _page(member: Member, heading: Any) -> dict[str, Any]:
    path = _path(member.ref.number)
    return {"heading": heading, "back": path, "crumbs": [*_crumbs(), {"label": str(member), "path": path}]}
