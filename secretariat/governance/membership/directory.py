"""What everybody may read of a member: the parts it chose to show, and the names of those who agreed to be named.

The one place where an entry of the directory becomes public: pages, API, search and exports ask here.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self
from uuid import UUID

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.accounts.queries import in_force
from secretariat.governance.membership.models import DirectoryEntry, Member, Representative
from secretariat.governance.membership.rules import REPRESENT
from secretariat.governance.membership.states import MemberState, Part


@dataclass(frozen=True)
class Shown:
    """What an entry shows; whatever was not chosen is empty here, written or not."""

    description_en: str = ""
    description_zh: str = ""
    website: str = ""
    contact: str = ""
    accounts: Sequence[str] = ()
    representatives: Sequence[Any] = ()

    @classmethod
    def of(cls, entry: DirectoryEntry, named: Sequence[Any] = ()) -> Self:
        parts = {*entry.shown}
        return cls(
            description_en=entry.description_en if Part.DESCRIPTION in parts else "",
            description_zh=entry.description_zh if Part.DESCRIPTION in parts else "",
            website=entry.website if Part.WEBSITE in parts else "",
            contact=entry.contact if Part.CONTACT in parts else "",
            accounts=tuple(entry.accounts) if Part.ACCOUNTS in parts else (),
            representatives=tuple(named) if Part.REPRESENTATIVES in parts else (),
        )

    @property
    def is_empty(self) -> bool:
        return self == Shown()


@dataclass(frozen=True)
class Line:
    """A part of an entry as whoever keeps it sees it: what is written, and whether it is public."""

    part: Part
    values: Sequence[str]
    is_shown: bool

    @property
    def label(self) -> str:
        return str(self.part.label)


def lines_of(entry: DirectoryEntry) -> list[Line]:
    """Return an entry part by part, for those who keep it."""
    written: dict[str, Sequence[str]] = {
        Part.DESCRIPTION: (entry.description_en, entry.description_zh), Part.WEBSITE: (entry.website,),
        Part.CONTACT: (entry.contact,), Part.ACCOUNTS: entry.accounts,
    }  # fmt: skip
    return [
        Line(part, [value for value in written.get(part, ()) if value], part in entry.shown) for part in Part
    ]


def shown_of(members: Collection[UUID], on: date) -> dict[UUID, Shown]:
    """Return what everybody may read of these members on a day. Two statements, however many there are.

    A suspended member is spoken for by nobody, so nobody is named.
    """
    named: dict[UUID, list[Any]] = {}
    rows = Representative.objects.filter(in_force(on), member__in=members, is_named=True)
    rows = rows.exclude(member__state=MemberState.SUSPENDED).select_related("person")
    for row in rows.order_by("-is_voting", "person__sort_key", "pk"):
        named.setdefault(row.member_id, []).append(row.person)
    entries = {row.member_id: row for row in DirectoryEntry.objects.filter(member__in=members)}
    return {
        member: Shown.of(entries[member], named.get(member, ())) if member in entries else Shown()
        for member in members
    }


def own_members(actor: Actor) -> list[Member]:
    """Return the members the actor speaks for, and the one she is; nothing for an assistant. One statement."""
    if actor.person_id is None or actor.acting_for_id is not None:
        return []
    spoken = [c.scope_id for c in actor.capacities if c.right == REPRESENT and c.scope_id]
    rows = Member.objects.filter(pk__in=spoken) | Member.objects.filter(person=actor.person_id)
    rows = rows.select_related("ref", "organisation", "person", "directory_entry")
    return list(rows.order_by("ref__number"))


def get_own_member(actor: Actor, number: str) -> Member:
    """Return a member of the actor's; Member.DoesNotExist otherwise."""
    for member in own_members(actor):
        if member.ref.number == number:
            return member
    raise Member.DoesNotExist


def entry_of(member: Member) -> DirectoryEntry:
    """Return what a member has written, shown or not; before it has, an entry that shows nothing."""
    try:
        return member.directory_entry
    except DirectoryEntry.DoesNotExist:
        known = member.organisation.website if member.organisation else ""
        return DirectoryEntry(member=member, website=known)


def own_representation(actor: Actor, member: Member, on: date) -> Representative | None:
    """Return as what the actor represents a member on a day. One statement."""
    if actor.person_id is None or actor.acting_for_id is not None:
        return None
    rows = Representative.objects.filter(in_force(on), member=member, person=actor.person_id)
    return rows.select_related("member").first()
