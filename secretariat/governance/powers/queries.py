from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.queries import in_force
from secretariat.governance.bodies.models import Body
from secretariat.governance.powers.models import Delegation, Power


def powers_of(body: UUID, on: date | None = None) -> list[Power]:
    """Return the powers that the rules give to a body, on a day or ever, by name. One statement."""
    rows = Power.objects.filter(body=body).select_related("body__ref").order_by("starts_on", "name_en", "pk")
    return list(rows if on is None else rows.filter(in_force(on)))


def delegations_about(body: UUID) -> QuerySet[Delegation]:
    """Return the powers that a body has delegated and those delegated to it, the latest first."""
    rows = Delegation.objects.filter(Q(power__body=body) | Q(to=body))
    return rows.select_related("power__body__ref", "to__ref", "decision").order_by("-starts_on", "-pk")


def public_delegations(body: UUID, on: date) -> list[Delegation]:
    """Return the published ones that hold on a day. One statement."""
    return list(delegations_about(body).filter(_held(on), is_public=True))


def delegated(power: Power, to: Body, on: date) -> Delegation | None:
    """Return the delegation by which a body may use another's power on a day. One statement."""
    return Delegation.objects.filter(_held(on), power=power, to=to).select_related("power").first()


def holds(body: Body, power: Power, on: date) -> bool:
    """Whether a body may use a power on a day: the rules give it, or the body they give it to has delegated it."""
    return _stands(power, on) and (power.body_id == body.pk or delegated(power, body, on) is not None)


def require_held(body: Body, power: Power | None, on: date) -> None:
    """ValueError where a power is named that the body may not use on a day."""
    if power is not None and not holds(body, power, on):
        raise ValueError(
            _("“%(power)s” is not this body's to decide today: the power was not delegated to it.")
            % {"power": power}
        )


def powers_held(body: Body, on: date) -> QuerySet[Power]:
    """Return the powers a body may use on a day, its own and those delegated to it."""
    given = Delegation.objects.filter(_held(on), to=body).values("power")
    return Power.objects.filter(in_force(on), Q(body=body) | Q(pk__in=given)).order_by("name_en", "pk")


def resting_on(body: Body, power: Power, on: date) -> str:
    """Return what a body uses a power by on a day: the rule that gives it, or the decision that delegated it."""
    if power.body_id == body.pk:
        return power.rests_on if _stands(power, on) else ""
    found = delegated(power, body, on)
    return found.rests_on if found else ""


def _stands(power: Power, on: date) -> bool:
    return power.starts_on <= on and (power.ends_on is None or power.ends_on >= on)


def _held(on: date) -> Q:
    """A delegation holds while it and the power itself do."""
    return in_force(on) & Q(power__starts_on__lte=on) & (Q(power__ends_on=None) | Q(power__ends_on__gte=on))
