"""Whom the list of members leads to when it is written to: who speaks for each, or the member herself."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.accounts.queries import in_force
from secretariat.governance.membership.models import Member, Representative
from secretariat.governance.membership.queries import visible_members
from secretariat.governance.membership.tables import MembersTable
from secretariat.record.mailings.audiences import Addressee, Audience, to_person
from secretariat.record.mailings.providers import to_organisation


def _chosen(actor: Actor, posted: QueryDict) -> Any:
    rows = MembersTable(visible_members(actor, timezone.localdate())).chosen(posted)
    return rows.select_related("ref", "person__account", "organisation")


def _reached(members: Sequence[Member], on: date) -> list[Addressee]:
    speaking: dict[Any, list[Any]] = {member.pk: [] for member in members}
    rows = Representative.objects.filter(in_force(on), member__in=speaking).select_related("person__account")
    for row in rows.order_by("person__sort_key", "pk"):
        speaking[row.member_id].append(row.person)
    found: list[Addressee] = []
    for member in members:
        if member.person_id:
            found.append(to_person(member.person, member.ref.number))
        else:
            found += to_organisation(member.organisation, speaking[member.pk], member.ref.number)
    return found


MEMBERS = Audience(
    "members", _("representatives of members"), _chosen, _reached,
    lambda query: f"{reverse('desk_membership:members')}?{query}",
)  # fmt: skip
