from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from secretariat.foundation.accounts.actor import REFUSALS, Actor
from secretariat.foundation.accounts.doors import admitting
from secretariat.foundation.ui.tables import Mass
from secretariat.foundation.ui.tables.mass import mass
from secretariat.governance.membership import actions, queries
from secretariat.governance.membership.forms import EndForm, ReasonForm
from secretariat.governance.membership.models import Member
from secretariat.governance.membership.tables import MembersTable, path_of


def _suspend(member: Member, values: dict[str, Any], *, actor: Actor, now: datetime) -> None:
    actions.suspend_member(member=member, **values, actor=actor, now=now)


def _reinstate(member: Member, _values: dict[str, Any], *, actor: Actor, now: datetime) -> None:
    actions.reinstate_member(member=member, actor=actor, now=now)


def _end(member: Member, values: dict[str, Any], *, actor: Actor, now: datetime) -> None:
    actions.end_membership(member=member, **values, actor=actor, now=now)


ACTS = {
    "suspend": Mass(
        _("Suspend members"), _("Suspend"), _suspend, form=ReasonForm, path=path_of, refusals=REFUSALS,
        text=_("A suspended member stays a member, but its representatives may not act for it."),
    ),
    "reinstate": Mass(
        _("Reinstate members"), _("Reinstate"), _reinstate, path=path_of, refusals=REFUSALS,
        text=_("The suspension is taken back; representatives may act again."),
    ),
    "end": Mass(
        _("End memberships"), _("End them"), _end, form=EndForm, path=path_of, refusals=REFUSALS,
        text=_("The last day is also that of their representatives. The record stays, and may be admitted again."),
    ),
}  # fmt: skip


@require_POST
@admitting("desk.run")
def many(request: HttpRequest, act: str) -> HttpResponse:
    """Do the same to many members: asked once more, then one action for each, or for none."""
    if act not in ACTS:
        raise Http404
    rows = queries.visible_members(request.actor, timezone.localdate())
    return mass(request, MembersTable(rows), ACTS[act])
