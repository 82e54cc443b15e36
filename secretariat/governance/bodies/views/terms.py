from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from secretariat.foundation.accounts.actor import REFUSALS, Actor
from secretariat.foundation.accounts.doors import admitting, desk_only
from secretariat.foundation.ui.tables import Mass
from secretariat.foundation.ui.tables.mass import mass
from secretariat.governance.bodies import actions, queries
from secretariat.governance.bodies.forms import ExtendForm, ManyEndForm
from secretariat.governance.bodies.models import Term
from secretariat.governance.bodies.tables import TermsTable, named_with_body, path_of_term


@require_safe
@desk_only
def terms(request: HttpRequest) -> HttpResponseBase:
    """Who holds, held and will hold which seat, of every body."""
    table = TermsTable(queries.visible_terms(request.actor), timezone.localdate())
    return table.respond(request, "bodies/desk_terms.html")


def _end(term: Term, values: dict[str, Any], *, actor: Actor, now: datetime) -> None:
    actions.end_term(term=term, **values, actor=actor, now=now)


def _extend(term: Term, values: dict[str, Any], *, actor: Actor, now: datetime) -> None:
    actions.extend_term(term=term, **values, actor=actor, now=now)


NAMED: dict[str, Any] = {"named": named_with_body, "path": path_of_term, "refusals": REFUSALS}
ACTS = {
    "end": Mass(
        _("End terms"), _("End them"), _end, form=ManyEndForm, **NAMED,
        text=_("That day still belongs to them; from the next one the seats are vacant."),
    ),
    "extend": Mass(
        _("Extend terms"), _("Extend them"), _extend, form=ExtendForm, **NAMED,
        text=_("Where somebody else holds the seat by then the term is left as it is."),
    ),
}  # fmt: skip


@require_POST
@admitting("desk.run")
def many(request: HttpRequest, act: str) -> HttpResponse:
    """Do the same to many terms: asked once more, then one action for each, or for none."""
    if act not in ACTS:
        raise Http404
    table = TermsTable(queries.visible_terms(request.actor), timezone.localdate())
    return mass(request, table, ACTS[act])
