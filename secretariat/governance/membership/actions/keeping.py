"""Parts of the actions on members: locking, moving, dating, and writing down what happened."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import require_state
from secretariat.governance.membership.models import (
    Category,
    Conditions,
    Event,
    Member,
    Membership,
    Representative,
)
from secretariat.governance.membership.standing import stands_of
from secretariat.registry.refs.actions import update_ref

Dated = Membership | Representative | Conditions


def locked(member: Member, states: Collection[str], what: str) -> Member:
    """Lock a member and hold that it is in one of these states."""
    member = Member.objects.select_for_update().get(pk=member.pk)
    require_state(member.state, states, what)
    return member


def open_membership(member: Member) -> Membership:
    """Return the membership that holds on, locked."""
    return member.memberships.filter(ends_on=None).select_for_update().get()


def move(member: Member, state: str) -> None:
    """Lead a member to another state, and its reference with it."""
    member.state = state
    member.save(update_fields=["state"])
    update_ref(ref_id=member.ref_id, state=state)


def begin(member: Member, category: Category, starts_on: date) -> Membership:
    """Let a category begin for a member; ValueError where it has one on that day or later."""
    membership = Membership(member=member, category=category, starts_on=starts_on)
    save_once(
        membership, "membership_one_category_at_a_time", _("This is a member on that day already, or later.")
    )
    return membership


def end(dated: Dated, ends_on: date) -> None:
    """Say the last day of something dated."""
    if ends_on < dated.starts_on:
        raise ValueError(_("A term cannot end before it starts."))
    dated.ends_on = ends_on
    dated.save(update_fields=["ends_on"])


def save_once(row: Dated, constraint: str, message: str) -> None:
    """Save a dated row; ValueError with ``message`` where the database refuses it by ``constraint``."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if constraint not in str(error):
            raise
        raise ValueError(message) from None


def happened(member: Member, kind: str, on: date, *, reason: str = "", **said: Any) -> Event:
    """Write down what happens to a member from a day on."""
    return Event.objects.create(member=member, kind=kind, on=on, reason=reason, **said)


def settle(member: Member, now: datetime) -> None:
    """Write down how a member stands today, after something happened to it."""
    found = stands_of([member.pk], timezone.localdate(now))[member.pk].standing
    if found != member.standing:
        member.standing = found
        member.save(update_fields=["standing"])
