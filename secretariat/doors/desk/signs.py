"""What the secretariat keeps an eye on beside its duties: one line each, vermilion where something is wrong."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from secretariat.doors.desk.cockpit import Cockpit
from secretariat.foundation.accounts.actor import Actor
from secretariat.record.correspondence.models import Letter


@dataclass(frozen=True)
class Sign:
    """A state of affairs: what, how it stands, and where to look."""

    label: str
    value: str
    path: str = ""
    is_urgent: bool = False


def signs(actor: Actor, cockpits: list[Cockpit], now: datetime) -> Iterator[Sign]:
    """Yield the signs, always in the same order."""
    conflicts = sum(cockpit.conflicts for cockpit in cockpits)
    yield Sign(
        _("Conflicts of interest"),
        _("%(n)d to be resolved") % {"n": conflicts} if conflicts else _("none open"),
        is_urgent=conflicts > 0,
    )
    to_sign = Letter.objects.filter(state="for_signature").count()
    yield Sign(
        _("Letters for signature"),
        str(to_sign) if to_sign else _("none"),
        reverse("desk_correspondence:letters") + "?which=for_signature",
    )
