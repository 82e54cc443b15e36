"""A call while it is built: its rows, and what stands in the way of opening it."""

from datetime import datetime

from django.utils.translation import gettext as _

from secretariat.registry.topics.queries import schemes_by_key
from secretariat.summit.calls import opening
from secretariat.summit.calls.models import Call, CallPart
from secretariat.summit.calls.opening import Condition, Obstacle
from secretariat.summit.calls.queries.calls import NotFound, field_specs


def condition_rows(call: Call) -> list[Condition]:
    """Return the formal conditions of a call, in order. One statement."""
    rows = call.eligibilityrules.order_by("position")
    return [Condition(*row) for row in rows.values_list("key", "kind", "params", "reason_en", "reason_zh")]


def part_named(call: Call, model: type[CallPart], key: str) -> CallPart:
    """Return a row of the call's rules by its key. Raises NotFound."""
    found = model.objects.select_related("call").filter(call=call, key=key).first()
    if found is None:
        raise NotFound(_("There is no such row: “%(key)s”.") % {"key": key})
    return found


def obstacles_of(call: Call, now: datetime) -> list[Obstacle]:
    """Return what stands in the way of opening a call now. Five statements at most."""
    specs = field_specs(call)
    schemes = schemes_by_key() if any(spec.params.get("scheme") for spec in specs) else ()
    found = [*opening.of_fields(specs, schemes), *opening.of_conditions(condition_rows(call), specs)]
    if not call.criterions.exists():
        found.append(Obstacle("", "", _("No criteria are declared.")))
    if not call.stages.exists():
        found.append(Obstacle("", "", _("No cuts are declared.")))
    if call.closes_at <= now:
        found.append(Obstacle(opening.DETAILS, "", _("The day on which it closes has passed already.")))
    return found
