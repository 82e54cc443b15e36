from typing import Any

from django.db.models import Q, QuerySet

from secretariat.foundation.accounts.actor import Actor
from secretariat.summit.calls.models import Call
from secretariat.summit.calls.queries import represented_by
from secretariat.summit.calls.rules import may_apply
from secretariat.summit.honours.models import Honour


def visible_honours(actor: Actor, call: Call) -> QuerySet[Honour]:
    """Return the honours of a call the actor may see, in the order of the list. Offers are in confidence."""
    honours = Honour.objects.filter(submission__call=call).select_related(
        "submission__ref", "submission__organisation", "submission__topic", "ref"
    )
    seen = Q(state__in=["conferred", "revoked"])
    if actor.has("desk.read") or actor.has("desk.run"):
        seen = Q()
    else:
        seen |= Q(submission__organisation__in=represented_by(actor))
        if actor.person_id and may_apply(actor):
            seen |= Q(submission__person=actor.person_id)
    return honours.filter(seen).order_by("position")


def honours_of(call: Call) -> list[dict[str, Any]]:
    """Return every honour of the call as honours.json of a bundle, in order of reference."""
    rows = Honour.objects.filter(submission__call=call).order_by("submission__ref__number")
    return [
        {"ref": ref, "level": level, "state": state}
        for ref, level, state in rows.values_list("submission__ref__number", "level", "state")
    ]
