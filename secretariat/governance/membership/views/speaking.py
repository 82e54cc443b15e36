"""Who speaks for a member, said by whoever speaks for it: named, ended, and which one casts the vote."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import REFUSALS
from secretariat.foundation.accounts.doors import in_person
from secretariat.foundation.ui.changing import change_page
from secretariat.governance.membership import actions, forms, queries, rules
from secretariat.governance.membership.models import Member, Representative
from secretariat.governance.membership.views.my import crumbs_of, get_own, path_of


@in_person
def name(request: HttpRequest, number: str) -> HttpResponse:
    """Name somebody of the organisation who speaks for the member from a day on."""
    found, today = _get(request, number), timezone.localdate()

    def save(form: forms.ColleagueForm) -> str:
        actions.name_representative(member=found, **form.cleaned_data, **_who(request))
        return path_of(number)

    people = queries.people_of(found, today)
    form = forms.ColleagueForm(_sent(request), people=people, initial={"starts_on": today})
    text = _("Whoever is not in the list is not recorded here as belonging to it: ask the secretariat.")
    return _page(request, found, form, save, heading=_("New representative"), text=text)


@in_person
def hand_vote(request: HttpRequest, number: str, pk: UUID) -> HttpResponse:
    """Say from which day on somebody casts the vote of the member."""
    found = _get(request, number)
    row = _representative(found, pk)

    def save(form: forms.VoteForm) -> str:
        actions.hand_vote_to(representative=row, **form.cleaned_data, **_who(request))
        return path_of(number)

    form = forms.VoteForm(_sent(request), initial={"starts_on": max(timezone.localdate(), row.starts_on)})
    page = {
        "heading": _("%(name)s casts the vote") % {"name": row.person}, "button": _("Hand over the vote"),
        "text": _("Whoever casts it now goes on speaking for the member without it."),
    }  # fmt: skip
    return _page(request, found, form, save, **page)


@in_person
def end(request: HttpRequest, number: str, pk: UUID) -> HttpResponse:
    """Say on which day somebody stops speaking for the member."""
    found, today = _get(request, number), timezone.localdate()
    row = _representative(found, pk)
    is_mine = row.person_id == request.actor.person_id

    def save(form: forms.LastDayForm) -> str:
        actions.end_representation(representative=row, **form.cleaned_data, **_who(request))
        gone = is_mine and form.cleaned_data["ends_on"] < today
        return reverse("my_admissions:applications") if gone else path_of(number)

    page = {
        "heading": _("End the term of %(name)s") % {"name": row.person}, "button": _("End the term"),
        "text": _("You speak for it no longer then, and see this page no more.") if is_mine else "",
    }  # fmt: skip
    return _page(request, found, forms.LastDayForm(_sent(request), initial={"ends_on": today}), save, **page)


def _get(request: HttpRequest, number: str) -> Member:
    """The member organisation for which the reader may say who speaks; a person speaks for herself."""
    found = get_own(request, number)
    if found.organisation_id is None or not rules.can_name_representative(request.actor, found):
        raise Http404
    return found


def _representative(member: Member, pk: UUID) -> Representative:
    """One who speaks for the member or will; who did stays on record."""
    for row in queries.speaking_and_coming(member.pk, timezone.localdate()):
        if row.pk == pk:
            row.member = member
            return row
    raise Http404


def _page(request: HttpRequest, found: Member, form: Any, save: Any, **page: Any) -> HttpResponse:
    back = path_of(found.ref.number)
    crumbs = [*crumbs_of(), {"label": str(found), "path": back}]
    return change_page(request, form, save, refusals=REFUSALS, back=back, crumbs=crumbs, **page)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"actor": request.actor, "now": timezone.now()}
