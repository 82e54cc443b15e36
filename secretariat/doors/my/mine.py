"""What the acting person sees of herself: what waits for her by day, her capacities in words, what she was told."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.notices import queries as notices
from secretariat.foundation.notices.queries import Told
from secretariat.governance.bodies.models import Body
from secretariat.governance.membership.models import Member
from secretariat.record.tasks.duties import Duty
from secretariat.registry.organisations.models import Organisation

RIGHTS: dict[str, Promise] = {
    "desk.run": _("Runs the desk"),
    "desk.read": _("Reads at the desk"),
    "audit.read": _("Reads the audit trail"),
    "system.run": _("Runs the system"),
    "organisation.represent": _("Represents"),
    "body.chair": _("Chairs"),
    "body.sit": _("Sits in"),
    "body.decide": _("Decides in"),
    "body.elect": _("Elects in"),
    "body.advise": _("Advises in"),
    "body.serve": _("Serves"),
    "review.sit": _("Reviews for"),
    "member.represent": _("Represents the member"),
}


@dataclass(frozen=True)
class Held:
    """A capacity in words: what, in what, and the kind of record it comes from."""

    right: str | Promise
    scope: str
    source: str | Promise


@dataclass
class Group:
    """Duties that are equally near; what is late comes first and asks for a decision."""

    title: str
    is_late: bool = False
    duties: list[Duty] = field(default_factory=list)


def duties_by_day(duties: Iterable[Duty], now: datetime) -> list[Group]:
    """Return duties in groups: late, within a week, within a month, later, without a day. Empty groups are left out."""
    week, month = now + timedelta(days=7), now + timedelta(days=31)
    groups = [
        Group(_("Late"), is_late=True), Group(_("Within a week")), Group(_("Within a month")), Group(_("Later")),
        Group(_("Without a day")),
    ]  # fmt: skip
    for duty in duties:
        due = duty.due
        place = 4 if due is None else 0 if due < now else 1 if due <= week else 2 if due <= month else 3
        groups[place].duties.append(duty)
    return [group for group in groups if group.duties]


def capacities_in_words(actor: Actor) -> list[Held]:
    """Return as what the actor may act, and the record it comes from. Three statements."""
    scopes = {c.scope_id for c in actor.capacities} | {c.body_id for c in actor.capacities}
    names = {row.pk: str(row) for row in Organisation.objects.filter(pk__in=scopes)}
    names |= {row.pk: str(row) for row in Body.objects.filter(pk__in=scopes)}
    members = Member.objects.filter(pk__in=scopes).select_related("organisation", "person")
    names |= {row.pk: str(row) for row in members}
    return [
        Held(
            RIGHTS.get(capacity.right, capacity.right),
            names.get(capacity.scope_id) or names.get(capacity.body_id) or "",
            _kind_of(capacity.source),
        )
        for capacity in actor.capacities
    ]


def _kind_of(source: str) -> str | Promise:
    """The kind of record behind a source such as ``bodies.term:019a…``."""
    label = source.partition(":")[0]
    try:
        return apps.get_model(label)._meta.verbose_name
    except (LookupError, ValueError):
        return label


def my_notices(actor: Actor, limit: int) -> list[Told]:
    """Return what the account was told, latest first."""
    return notices.in_words(list(notices.my_notices(actor)[:limit]), actor)
