from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Q

from secretariat.foundation.accounts.models import Assistance, Grant


def in_force(on: date) -> Q:
    """The condition that a row with starts_on and ends_on holds on a day; an open end holds."""
    return Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gte=on))


def grants_of(accounts: Collection[UUID], on: date) -> list[Grant]:
    """Return the grants of these accounts that hold on ``on``. One statement."""
    return list(Grant.objects.filter(in_force(on), not_ended(on), account__in=accounts))


def not_ended(on: date) -> Q:
    """The condition that a grant was not ended by hand on that day or before."""
    return Q(ended_at=None) | Q(ended_at__date__gt=on)


def assistance_between(principal: UUID, assistant: UUID, on: date) -> Assistance | None:
    """Return the assistance by which ``assistant`` may act for ``principal`` on ``on``."""
    return Assistance.objects.filter(
        in_force(on), principal=principal, assistant=assistant, withdrawn_at=None
    ).first()
