"""What the public directory shows of a member: chosen part by part by whoever speaks for it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, require
from secretariat.foundation.audit import actions as audit
from secretariat.governance.membership import rules
from secretariat.governance.membership.actions.admitting import IN_STANDING
from secretariat.governance.membership.actions.keeping import locked
from secretariat.governance.membership.models import DirectoryEntry, Member, Representative
from secretariat.governance.membership.states import Part

WRITTEN = ("description_en", "description_zh", "website", "contact", "accounts")


def keep_directory_entry(
    *, member: Member, shown: Collection[str], actor: Actor, now: datetime, **written: Any
) -> DirectoryEntry:
    """Write what a member says of itself, and choose which parts of it everybody reads; no other part is read by any.

    ValueError for a part there is not, or where a person is to have representatives.
    """
    require(rules.can_keep_entry(actor, member), _("keep this entry in the directory"))
    if unknown := {*shown} - {*Part.values} | written.keys() - {*WRITTEN}:
        raise ValueError(f"An entry has no {', '.join(sorted(unknown))}.")
    if member.organisation_id is None and Part.REPRESENTATIVES in shown:
        raise ValueError(_("A person speaks for herself: only an organisation has representatives."))
    parts = [part for part in Part.values if part in shown]
    with audit.act("directory_entry_kept", actor=actor, now=now, shown=parts) as act:
        member = locked(member, IN_STANDING, _("Keeping the entry in the directory"))
        entry = DirectoryEntry.objects.filter(member=member).first() or DirectoryEntry(member=member)
        entry.shown = parts
        for name, value in written.items():
            setattr(entry, name, value)
        entry.save()
        act.on(member)
    return entry


def hide_directory_entry(*, member: Member, actor: Actor, now: datetime) -> None:
    """Take everything a member says of itself out of the directory, at its wish: the desk hides and never shows."""
    require(rules.can_keep_members(actor), _("hide an entry in the directory"))
    with audit.act("directory_entry_hidden", actor=actor, now=now) as act:
        member = Member.objects.select_for_update().get(pk=member.pk)
        for entry in DirectoryEntry.objects.filter(member=member):
            entry.shown = []
            entry.save(update_fields=["shown"])
        act.on(member)


def agree_to_be_named(
    *, representative: Representative, agrees: bool, actor: Actor, now: datetime
) -> Representative:
    """Say for oneself whether one's name may stand in the directory as a representative."""
    require(rules.is_representative(actor, representative), _("say whether somebody else is named"))
    verb = "representative_agreed" if agrees else "representative_declined"
    with audit.act(verb, actor=actor, now=now) as act:
        found = Representative.objects.select_for_update().get(pk=representative.pk)
        found.is_named = agrees
        found.save(update_fields=["is_named"])
        act.on(found)
    return found
