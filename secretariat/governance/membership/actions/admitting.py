from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, require, require_state
from secretariat.foundation.audit import actions as audit
from secretariat.governance.membership import rules
from secretariat.governance.membership.actions.keeping import (
    begin,
    end,
    happened,
    locked,
    move,
    open_membership,
    settle,
)
from secretariat.governance.membership.logic import months_later
from secretariat.governance.membership.models import Category, Conditions, Member, Membership
from secretariat.governance.membership.standing import conditions_on
from secretariat.governance.membership.states import Holder, Kind, MemberState
from secretariat.registry.organisations.models import Organisation
from secretariat.registry.people.models import Person
from secretariat.registry.places.loading import keep_in_line
from secretariat.registry.refs.actions import Party, next_number, register_ref

IN_STANDING = (MemberState.ACTIVE, MemberState.SUSPENDED)
SAID = (
    "criteria_en", "criteria_zh", "benefits_en", "benefits_zh", "fee", "currency", "has_vote", "weight", "term_months",
    "grace_days", "takes_applications",
)  # fmt: skip


def load_categories(
    *, categories: Mapping[str, Mapping[str, Any]], actor: Actor, now: datetime
) -> dict[str, Category]:
    """Bring the categories in line with a profile: key -> ``name_en``, ``name_zh``, ``position``, ``holder``.

    Categories not named stay. Run again it changes nothing.
    """
    require(rules.can_keep_members(actor), _("load categories of members"))
    for key, values in categories.items():
        if values["holder"] not in Holder.values:
            raise ValueError(f"The category '{key}' is held by '{values['holder']}': person or organisation.")
    with audit.act("categories_loaded", actor=actor, now=now):
        return keep_in_line(Category.objects.all(), "key", categories)


def lay_down_conditions(
    *, category: Category, starts_on: date, actor: Actor, now: datetime, **said: Any
) -> Conditions:
    """Say what a category asks and gives from a day on; what was in force until then ends on the day before.

    ValueError where something is laid down for that day or later already.
    """
    require(rules.can_keep_members(actor), _("lay down the conditions of a category"))
    if unknown := said.keys() - set(SAID):
        raise ValueError(f"Conditions have no {', '.join(sorted(unknown))}.")
    with audit.act("conditions_laid_down", actor=actor, now=now, category=category.key) as act:
        Category.objects.select_for_update().get(pk=category.pk)
        for earlier in Conditions.objects.filter(category=category, starts_on__lt=starts_on, ends_on=None):
            end(earlier, starts_on - timedelta(days=1))
        found = Conditions(category=category, starts_on=starts_on, **said)
        try:
            with transaction.atomic():
                found.save(force_insert=True)
        except IntegrityError as error:
            if "conditions_one_at_a_time" not in str(error):
                raise
            raise ValueError(_("There are conditions for that day or later already.")) from None
        act.on(found)
    return found


def admit_member(
    *, category: Category, person: Person | None = None, organisation: Organisation | None = None,
    starts_on: date, paid_until: date | None = None, reason: str = "", actor: Actor, now: datetime,
) -> Member:  # fmt: skip
    """Admit a person or an organisation; who was a member before is the same member again, with the same number.

    Unless ``paid_until`` says otherwise the first term is as long as the category's conditions make it.
    ValueError where the holder does not fit the category, is an alias, or is a member on that day or later.
    """
    require(rules.can_keep_members(actor), _("admit a member"))
    _check_holder(category, person, organisation)
    with audit.act("member_admitted", actor=actor, now=now, category=category.key) as act:
        member = Member.objects.select_for_update().filter(person=person, organisation=organisation).first()
        if member is None:
            member = _new_member(person, organisation)
        else:
            require_state(member.state, [MemberState.ENDED], _("Admitting again"))
            move(member, MemberState.ACTIVE)
        begin(member, category, starts_on)
        until = paid_until or _first_term(category, starts_on)
        happened(member, Kind.ADMITTED, starts_on, until=until, reason=reason)
        settle(member, now)
        act.on(member)
    return member


def change_category(
    *, member: Member, category: Category, starts_on: date, reason: str = "", actor: Actor, now: datetime
) -> Membership:
    """Give a member another category from a day on; the present one ends on the day before."""
    require(rules.can_keep_members(actor), _("change the category of a member"))
    _check_holder(category, member.person, member.organisation)
    with audit.act("category_changed", actor=actor, now=now, category=category.key, reason=reason) as act:
        member = locked(member, IN_STANDING, _("Changing the category"))
        present = open_membership(member)
        if starts_on <= present.starts_on:
            raise ValueError(_("The new category must begin after the present one began."))
        if present.category_id == category.pk:
            raise ValueError(_("The member has this category already."))
        end(present, starts_on - timedelta(days=1))
        membership = begin(member, category, starts_on)
        happened(member, Kind.CATEGORY_CHANGED, starts_on, reason=reason)
        settle(member, now)
        act.on(member)
    return membership


def end_membership(
    *, member: Member, ends_on: date, reason: str, resigned: bool = False, actor: Actor, now: datetime
) -> Member:
    """End a membership: ``ends_on`` is its last day, and that of its representatives.

    ``resigned`` says that the member itself left.
    """
    require(rules.can_keep_members(actor), _("end a membership"))
    with audit.act("membership_ended", actor=actor, now=now, reason=reason) as act:
        member = locked(member, IN_STANDING, _("Ending the membership"))
        end(open_membership(member), ends_on)
        for representative in member.representatives.filter(ends_on=None, starts_on__lte=ends_on):
            end(representative, ends_on)
        move(member, MemberState.ENDED)
        kind = Kind.RESIGNED if resigned else Kind.ENDED
        happened(member, kind, ends_on + timedelta(days=1), reason=reason)
        settle(member, now)
        act.on(member)
    return member


def take_back_membership(*, member: Member, actor: Actor, now: datetime) -> None:
    """Take back the last category a member was given, by mistake; with the only one the member goes.

    ValueError where the member is not active, or something was built on it.
    """
    require(rules.can_keep_members(actor), _("take a membership back"))
    with audit.act("membership_taken_back", actor=actor, now=now, subject=member):
        member = locked(member, [MemberState.ACTIVE], _("Taking back"))
        present = open_membership(member)
        before = member.memberships.filter(ends_on=present.starts_on - timedelta(days=1)).first()
        earlier = member.memberships.exclude(pk=present.pk).exists()
        if earlier and before is None:
            raise ValueError(_("Who was a member before is not taken back: end the membership."))
        present.delete()
        if before is None:
            member.events.all().delete()
            _remove(member)
        else:
            before.ends_on = None
            before.save(update_fields=["ends_on"])
            member.events.filter(kind=Kind.CATEGORY_CHANGED, on=present.starts_on).delete()
            settle(member, now)


def _remove(member: Member) -> None:
    try:
        member.delete()
        member.ref.delete()
    except ProtectedError:
        raise ValueError(
            _("%(name)s stays: something was built on this record.") % {"name": member}
        ) from None


def _new_member(person: Person | None, organisation: Organisation | None) -> Member:
    party = Party("member", person.pk if person else None, organisation.pk if organisation else None)
    # No title: the name of a person would stay in the history of refs when she is forgotten.
    ref = register_ref(
        kind="member",
        number=next_number("MEM", digits=4),
        title={},
        state=MemberState.ACTIVE,
        parties=[party],
    )
    return Member.objects.create(ref=ref, person=person, organisation=organisation)


def _first_term(category: Category, starts_on: date) -> date | None:
    rule = conditions_on(starts_on).get(category.pk)
    return months_later(starts_on, rule.term_months) if rule and rule.term_months else None


def _check_holder(category: Category, person: Person | None, organisation: Organisation | None) -> None:
    held_by = {Holder.PERSON: person, Holder.ORGANISATION: organisation}
    holder = held_by.pop(Holder(category.holder))
    if holder is None or any(held_by.values()):
        raise ValueError(
            _("The category “%(category)s” is for this kind of holder only: %(holder)s.")
            % {"category": category, "holder": category.get_holder_display()}
        )
    if holder.canonical_id:
        raise ValueError(_("This record is an alias; admit the one it stands for."))
