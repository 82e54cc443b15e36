"""For whoever speaks for a member: how it stands, and what the directory says of it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from secretariat.foundation.accounts.actor import REFUSALS
from secretariat.foundation.accounts.doors import in_person, signed_in
from secretariat.foundation.ui.changing import change_page
from secretariat.governance.membership import actions, directory, forms, queries, rules
from secretariat.governance.membership.actions.listing import WRITTEN
from secretariat.governance.membership.models import Member
from secretariat.governance.membership.standing import stands_of
from secretariat.governance.membership.states import Standing


@require_safe
@signed_in
def member(request: HttpRequest, number: str) -> HttpResponse:
    """A member I speak for: standing, categories, representatives, and its entry in the directory."""
    found, today = get_own(request, number), timezone.localdate()
    stands = stands_of([found.pk], today)[found.pk]
    context = {
        "member": found, "stands": stands, "standing": Standing(stands.standing),
        "held": queries.memberships_of(found.pk),
        "representatives": queries.speaking_and_coming(found.pk, today), "today": today,
        "may_name": found.state != "ended" and rules.can_name_representative(request.actor, found),
        "own": directory.own_representation(request.actor, found, today),
        "lines": directory.lines_of(directory.entry_of(found)), "crumbs": crumbs_of(),
    }  # fmt: skip
    return render(request, "membership/my_member.html", context)


@in_person
def directory_entry(request: HttpRequest, number: str) -> HttpResponse:
    """Write what the member says of itself, and choose what of it everybody reads."""
    found = get_own(request, number)
    entry = directory.entry_of(found)
    current = {name: getattr(entry, name) for name in (*WRITTEN, "shown")}

    def save(form: forms.DirectoryForm) -> str:
        values = {**current, **form.changes()}
        actions.keep_directory_entry(member=found, **values, actor=request.actor, now=timezone.now())
        return path_of(number)

    sent = request.POST if request.method == "POST" else None
    form = forms.DirectoryForm(sent, current=current, is_person=found.person_id is not None)
    text = _("Name, category, place and the day of admission are public. Of the rest you choose what is.")
    page = {"heading": _("Entry in the directory"), "text": text, "back": path_of(number)}
    crumbs = [*crumbs_of(), {"label": str(found), "path": path_of(number)}]
    return change_page(request, form, save, refusals=REFUSALS, crumbs=crumbs, **page)


@require_POST
@in_person
def named(request: HttpRequest, number: str) -> HttpResponse:
    """Agree to be named as a representative, or no longer; nobody says it for another."""
    found = get_own(request, number)
    own = directory.own_representation(request.actor, found, timezone.localdate())
    if own is None:
        raise Http404
    agrees = request.POST.get("agrees") == "yes"
    actions.agree_to_be_named(representative=own, agrees=agrees, actor=request.actor, now=timezone.now())
    said = _("Your name may be shown.") if agrees else _("Your name is not shown any more.")
    messages.success(request, said)
    return redirect(path_of(number))


def get_own(request: HttpRequest, number: str) -> Member:
    """The member the reader speaks for or is; for others there is no such page."""
    try:
        return directory.get_own_member(request.actor, number)
    except Member.DoesNotExist:
        raise Http404 from None


def path_of(number: str) -> str:
    return reverse("my_membership:member", args=[number])


def crumbs_of() -> list[dict[str, Any]]:
    return [{"label": _("Membership"), "path": reverse("my_admissions:applications")}]
