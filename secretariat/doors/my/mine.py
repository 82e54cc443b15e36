"""What the acting person sees of herself: her capacities in words, her submissions, what she was told."""

from dataclasses import dataclass

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.notices import queries as notices
from secretariat.foundation.notices.queries import Told
from secretariat.governance.bodies.models import Body
from secretariat.governance.membership.models import Member
from secretariat.registry.organisations.models import Organisation
from secretariat.summit.calls.models import Submission

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
    "member.represent": _("Represents a member"),
}


@dataclass(frozen=True)
class Held:
    """A capacity in words: what, in what, and the kind of record it comes from."""

    right: str | Promise
    scope: str
    source: str | Promise


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


def my_submissions(actor: Actor) -> QuerySet[Submission]:
    """Return what the actor or an organisation she represents has begun or handed in, latest first."""
    represented = [c.scope_id for c in actor.capacities if c.right == "organisation.represent" and c.scope_id]
    mine = Q(organisation__in=represented)
    if actor.person_id:
        mine |= Q(person=actor.person_id)
    rows = Submission.objects.filter(mine).select_related("ref", "call", "organisation").defer("draft")
    return rows.order_by("-call__opens_at", "ref__number")


def my_notices(actor: Actor, limit: int) -> list[Told]:
    """Return what the account was told, latest first."""
    return notices.in_words(list(notices.my_notices(actor)[:limit]), actor)
