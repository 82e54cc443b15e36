"""What membership says to three of the four questions. One statement for each, whatever the number of people.

Membership alone is no conflict of interest; to speak for a member is.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Capacity
from secretariat.foundation.accounts.queries import in_force
from secretariat.governance.membership.models import Membership, Representative
from secretariat.governance.membership.rules import REPRESENT
from secretariat.governance.membership.states import MemberState
from secretariat.registry.capacities.queries import Provider, Row
from secretariat.registry.conflicts.queries import Finding, PartySet, Policy, in_language, rows_of
from secretariat.registry.entitlements.queries import Entitlement
from secretariat.registry.organisations.rules import REPRESENT as REPRESENT_ORGANISATION

ATTEND = "summit.attend"
MEMBERSHIP, REPRESENTATIVE = "membership.membership", "membership.representative"
# The same as _representatives.
SPEAKING = """
SELECT r.person_id, r.id, r.member_id, m.organisation_id, NULL::text, NULL::text[]
FROM asked JOIN membership_representative r ON r.person_id = asked.id
JOIN membership_member m ON m.id = r.member_id
WHERE m.state <> 'suspended'
  AND r.starts_on <= %(on)s AND (r.ends_on IS NULL OR r.ends_on >= %(on)s)
  AND EXISTS (SELECT FROM membership_membership held WHERE held.member_id = m.id
              AND held.starts_on <= %(on)s AND (held.ends_on IS NULL OR held.ends_on >= %(on)s))"""


SPOKEN_FOR = """
SELECT DISTINCT a.id, k.key, r.id, r.starts_on, r.ends_on, o.name_en, o.name_zh
FROM unnest(%(people)s::uuid[]) AS a (id) JOIN people_person me ON me.id = a.id
JOIN people_person p ON coalesce(me.canonical_id, me.id) IN (p.id, p.canonical_id)
JOIN membership_representative r ON r.person_id = p.id
JOIN membership_member m ON m.id = r.member_id
JOIN organisations_organisation held ON held.id = m.organisation_id
JOIN organisations_organisation o ON o.id = coalesce(held.canonical_id, held.id)
JOIN organisations_organisation party ON coalesce(party.canonical_id, party.id) = o.id
JOIN unnest(%(organisation_keys)s::uuid[], %(organisations)s::uuid[]) AS k (key, id) ON k.id = party.id
WHERE r.starts_on <= %(on)s AND (r.ends_on IS NULL OR r.ends_on >= %(since)s)"""


def representation(
    people: Collection[UUID], parties: Sequence[PartySet], on: date, policy: Policy
) -> Iterator[Finding]:
    """The person speaks for a member that is a party, which bars, or did so recently, which is disclosed."""
    for person, key, source, since, until, *names in rows_of(SPOKEN_FOR, people, parties, on, policy):
        current = until is None or until >= on
        text = (
            _("You speak for the member %(organisation)s.")
            if current
            else _("You spoke for the member %(organisation)s recently.")
        )
        yield Finding(
            person, key, "representation", "bars" if current else "discloses", REPRESENTATIVE, source,
            text % {"organisation": in_language(*names)}, starts_on=since, ends_on=until, direction="hers",
        )  # fmt: skip


def _speaks_for(row: Row) -> Iterator[Capacity]:
    source = f"{REPRESENTATIVE}:{row.source}"
    yield Capacity(REPRESENT, source, scope_id=row.scope)
    if row.other:
        yield Capacity(REPRESENT_ORGANISATION, source, scope_id=row.other)


# Who speaks for a member on that day, and so for its organisation. A suspended member is spoken for by nobody.
representatives = Provider(SPEAKING, _speaks_for)


def summit_representatives(
    people: Collection[UUID] | None, right: str | None, on: date
) -> Iterator[Entitlement]:
    """Whose member brings them to the summit."""
    if right not in (None, ATTEND):
        return
    rows = _representatives(on).select_related("member__organisation")
    for row in rows if people is None else rows.filter(person__in=people):
        reason = _("You represent the member %(member)s.") % {"member": row.member.organisation}
        yield Entitlement(ATTEND, row.person_id, REPRESENTATIVE, row.pk, reason)


def summit_members(people: Collection[UUID] | None, right: str | None, on: date) -> Iterator[Entitlement]:
    """Who is a member herself."""
    if right not in (None, ATTEND):
        return
    rows = Membership.objects.filter(in_force(on), member__person__isnull=False).exclude(
        member__state=MemberState.SUSPENDED
    )
    for row in (rows if people is None else rows.filter(member__person__in=people)).select_related("member"):
        yield Entitlement(ATTEND, row.member.person_id, MEMBERSHIP, row.pk, _("You are a member."))


def _representatives(on: date) -> QuerySet[Representative]:
    # The state is today's and an ended member was one on earlier days: for the past, only the dates tell.
    belongs = Membership.objects.filter(in_force(on), member=OuterRef("member"))
    return Representative.objects.filter(in_force(on), Exists(belongs)).exclude(
        member__state=MemberState.SUSPENDED
    )
