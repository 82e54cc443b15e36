"""What the secretariat keeps an eye on beside its duties: one line each, vermilion where something is wrong."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from secretariat.doors.desk.cockpit import Cockpit
from secretariat.doors.operations.queries import BACKUP_AGE, backup_state
from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.notices.queries import bounced_mail
from secretariat.foundation.ui.templatetags.ui import moment
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
        reverse("desk_review:calls"),
        is_urgent=conflicts > 0,
    )
    to_sign = Letter.objects.filter(state="for_signature").count()
    yield Sign(
        _("Letters for signature"),
        str(to_sign) if to_sign else _("none"),
        reverse("desk_correspondence:letters") + "?which=for_signature",
    )
    returned = bounced_mail(actor).count()
    yield Sign(
        _("Mail that came back"), str(returned) if returned else _("none"), reverse("desk_notices:returned"),
        is_urgent=returned > 0,
    )  # fmt: skip
    yield _backup(now)


def _backup(now: datetime) -> Sign:
    """To which moment the installation could come back."""
    state = backup_state()
    if state.last_verified is None:
        return Sign(_("Last verified backup"), _("never"), is_urgent=settings.PRODUCTION)
    made_at = state.last_verified.made_at
    is_urgent = state.newest != state.last_verified or now - made_at > BACKUP_AGE
    return Sign(_("Last verified backup"), moment(made_at), is_urgent=is_urgent)
