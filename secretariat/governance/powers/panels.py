"""What a body may decide, and what was delegated by it and to it, on its page at the desk."""

from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.ui.templatetags.ui import text
from secretariat.governance.powers.models import Delegation, Power
from secretariat.governance.powers.queries import delegations_about, powers_of
from secretariat.registry.refs.panels import Line, Panel, Way, address_of


def powers(body: UUID, _actor: Actor, on: date) -> Panel:
    """The powers that the rules give to a body. Two statements."""
    lines = [
        Line(
            power, "", power.rests_on, "", power.starts_on, power.ends_on, not _holds(power, on),
            [
                Way(pgettext("verb", "Delegate"), reverse("desk_powers:delegate", args=[power.pk])),
                Way(_("End"), reverse("desk_powers:end", args=[power.pk])),
            ],
        )
        for power in powers_of(body)
    ]  # fmt: skip
    return Panel(_("Powers"), lines, Way(_("Write down a power"), reverse("desk_powers:new", args=[body])))


def delegations(body: UUID, _actor: Actor, on: date) -> Panel:
    """The powers delegated by a body and to it. One statement."""
    return Panel(_("Delegated powers"), [_line(each, body, on) for each in delegations_about(body)])


def _line(delegation: Delegation, body: UUID, on: date) -> Line:
    is_ours = delegation.power.body_id == body
    other = delegation.to if is_ours else delegation.power.body
    words = [
        (_("delegated to %(body)s") if is_ours else _("delegated by %(body)s")) % {"body": other},
        text(delegation, "scope"), delegation.rests_on,
        delegation.decision.number if delegation.decision else "",
        _("revoked: %(reason)s") % {"reason": delegation.revoked} if delegation.revoked else "",
        "" if delegation.is_public else _("not published"),
    ]  # fmt: skip
    ways = (
        [] if delegation.revoked else [Way(_("Revoke"), reverse("desk_powers:revoke", args=[delegation.pk]))]
    )
    return Line(
        delegation.power, address_of("body", other.ref.number), " · ".join(filter(None, words)), "",
        delegation.starts_on, delegation.ends_on, not _holds(delegation, on), ways,
    )  # fmt: skip


def _holds(row: Power | Delegation, on: date) -> bool:
    return row.starts_on <= on and (row.ends_on is None or row.ends_on >= on)
