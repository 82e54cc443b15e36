from datetime import date

from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.bodies.models import Body
from secretariat.governance.powers.models import Power
from secretariat.governance.powers.queries import holds
from secretariat.registry.places.rules import keeps_registry


def keeps_powers(actor: Actor) -> bool:
    """Write down what bodies may decide and have delegated: the desk, which keeps the bodies."""
    return keeps_registry(actor)


def require_held(body: Body, power: Power | None, on: date) -> None:
    """ValueError where a power is named that the body may not use on a day."""
    if power is not None and not holds(body, power, on):
        raise ValueError(
            _("“%(power)s” is not this body's to decide today: the power was not delegated to it.")
            % {"power": power}
        )
