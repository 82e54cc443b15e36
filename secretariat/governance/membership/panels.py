"""What membership says on its own page and on those of people and organisations."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.membership.models import Event, Member, Membership, Representative
from secretariat.governance.membership.states import Standing
from secretariat.registry.refs.panels import Line, Panel, Way, address_of


def categories_held(held: Sequence[Membership], on: date) -> Panel:
    """The categories of a member, day by day."""
    lines = [
        Line(row.category, "", "", "", row.starts_on, row.ends_on, is_past(row.ends_on, on)) for row in held
    ]
    return Panel(_("Categories held"), lines)


def representatives(member: Member, rows: Sequence[Representative], on: date) -> Panel:
    """Who speaks for a member."""
    lines = [
        Line(
            row.person, address_of("person", row.person.ref.number), _("casts the vote") if row.is_voting else "", "",
            row.starts_on, row.ends_on, is_past(row.ends_on, on),
            () if is_past(row.ends_on, on) else _ways(member, row),
        )
        for row in rows
    ]  # fmt: skip
    if member.organisation_id is None or member.state == "ended":
        return Panel(_("Representatives"), lines)
    path = reverse("desk_membership:add_representative", args=[member.ref.number])
    return Panel(_("Representatives"), lines, Way(_("Add"), path))


def what_happened(rows: Sequence[Event], on: date) -> Panel:
    """What its standing follows from: every event with its day and reason."""
    lines = [
        Line(
            row.get_kind_display(), "",
            " · ".join(filter(None, [str(Standing(row.standing).label) if row.standing else "", row.reason])), "",
            row.on, row.until or row.on, row.on > on,
        )
        for row in rows
    ]  # fmt: skip
    return Panel(_("Events"), lines)


def _ways(member: Member, row: Representative) -> list[Way]:
    vote = reverse("desk_membership:hand_vote", args=[member.ref.number, row.pk])
    return [_end(member, row)] if row.is_voting else [Way(_("Vote"), vote), _end(member, row)]


def _end(member: Member, row: Representative) -> Way:
    path = reverse("desk_membership:end_representative", args=[member.ref.number, row.pk])
    return Way(pgettext("a term", "End"), path)


def membership_of_person(person: UUID, _actor: Actor, on: date) -> Panel:
    """As what a person is a member, and whom she represents."""
    found = _memberships(Q(member__person=person), on)
    rows = Representative.objects.filter(person=person).select_related("member__ref", "member__organisation")
    spoken = [
        Line(
            row.member, address_of("member", row.member.ref.number), _("representative"), row.member.ref.number,
            row.starts_on, row.ends_on, is_past(row.ends_on, on),
        )
        for row in rows.order_by("-starts_on", "pk")
    ]  # fmt: skip
    return Panel(_("Membership"), [*found, *spoken])


def membership_of_organisation(organisation: UUID, _actor: Actor, on: date) -> Panel:
    """As what an organisation is a member."""
    return Panel(_("Membership"), _memberships(Q(member__organisation=organisation), on))


def _memberships(whose: Q, on: date) -> list[Line]:
    rows = Membership.objects.filter(whose).select_related("category", "member__ref").order_by("-starts_on")
    return [
        Line(
            row.category, address_of("member", row.member.ref.number), row.member.get_state_display(),
            row.member.ref.number, row.starts_on, row.ends_on, is_past(row.ends_on, on),
        )
        for row in rows
    ]  # fmt: skip


def is_past(ends_on: date | None, on: date) -> bool:
    return ends_on is not None and ends_on < on
