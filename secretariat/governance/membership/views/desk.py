from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from secretariat.foundation.accounts.doors import desk_only
from secretariat.governance.membership import queries
from secretariat.governance.membership.directory import entry_of
from secretariat.governance.membership.logic import Stands
from secretariat.governance.membership.models import Event, Member
from secretariat.governance.membership.panels import categories_held, representatives, what_happened
from secretariat.governance.membership.standing import stands_of
from secretariat.governance.membership.states import Standing
from secretariat.governance.membership.tables import MembersTable
from secretariat.governance.membership.views.keeping import ways_of
from secretariat.registry.refs.timeline import timeline_of


@require_safe
@desk_only
def members(request: HttpRequest) -> HttpResponse:
    """Every member, also those who have left."""
    rows = queries.visible_members(request.actor, timezone.localdate())
    return MembersTable(rows).respond(request, "membership/desk_members.html")


@require_safe
@desk_only
def member(request: HttpRequest, number: str) -> HttpResponse:
    """One member: categories and representatives with their days, and what was done to the record."""
    today = timezone.localdate()
    try:
        found = queries.get_member_for(request.actor, number, today)
    except Member.DoesNotExist:
        raise Http404 from None
    happened, held, spoken = (
        ask(found.pk) for ask in (queries.events_of, queries.memberships_of, queries.every_representative_of)
    )
    shown = (
        categories_held(held, today), representatives(found, spoken, today), what_happened(happened, today)
    )  # fmt: skip
    stands = stands_of([found.pk], today)[found.pk]
    entry = entry_of(found)
    context = {
        "member": found,
        "panels": [panel for panel in shown if panel.lines or panel.way],
        **_standing(stands, happened),
        "ways": ways_of(found, is_override=stands.is_override, is_shown=bool(entry.shown)),
        "entry": entry,
        "events": timeline_of([found.pk, *(row.pk for row in (*held, *spoken))]),
        "crumbs": [{"label": _("Members"), "path": reverse("desk_membership:members")}],
    }
    return render(request, "membership/desk_member.html", context)


def _standing(stands: Stands, happened: Sequence[Event]) -> dict[str, Any]:
    by_hand = next((row for row in happened if row.kind == "overridden"), None)
    return {
        "stands": stands, "standing": Standing(stands.standing), "override": by_hand if stands.is_override else None,
    }  # fmt: skip
