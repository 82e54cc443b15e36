from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, require, require_state
from secretariat.foundation.audit import actions as audit
from secretariat.governance.membership import rules
from secretariat.governance.membership.models import Category, Member, Membership, Representative
from secretariat.governance.membership.states import Holder, MemberState
from secretariat.registry.organisations.models import Organisation
from secretariat.registry.people.models import Person
from secretariat.registry.places.loading import keep_in_line
from secretariat.registry.refs.actions import Party, next_number, register_ref, update_ref

IN_STANDING = (MemberState.ACTIVE, MemberState.SUSPENDED)


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


def admit_member(
    *, category: Category, person: Person | None = None, organisation: Organisation | None = None,
    starts_on: date, actor: Actor, now: datetime,
) -> Member:  # fmt: skip
    """Admit a person or an organisation; who was a member before is the same member again, with the same number.

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
            _move(member, MemberState.ACTIVE)
        _begin(member, category, starts_on)
        act.on(member)
    return member


def change_category(
    *, member: Member, category: Category, starts_on: date, actor: Actor, now: datetime
) -> Membership:
    """Give a member another category from a day on; the present one ends on the day before."""
    require(rules.can_keep_members(actor), _("change the category of a member"))
    _check_holder(category, member.person, member.organisation)
    with audit.act("category_changed", actor=actor, now=now, category=category.key) as act:
        member = _locked(member, IN_STANDING, _("Changing the category"))
        present = _open_membership(member)
        if starts_on <= present.starts_on:
            raise ValueError(_("The new category must begin after the present one began."))
        if present.category_id == category.pk:
            raise ValueError(_("The member has this category already."))
        _end(present, starts_on - timedelta(days=1))
        membership = _begin(member, category, starts_on)
        act.on(member)
    return membership


def end_membership(*, member: Member, ends_on: date, reason: str, actor: Actor, now: datetime) -> Member:
    """End a membership: ``ends_on`` is its last day, and that of its representatives."""
    require(rules.can_keep_members(actor), _("end a membership"))
    with audit.act("membership_ended", actor=actor, now=now, reason=reason) as act:
        member = _locked(member, IN_STANDING, _("Ending the membership"))
        _end(_open_membership(member), ends_on)
        for representative in member.representatives.filter(ends_on=None, starts_on__lte=ends_on):
            _end(representative, ends_on)
        _move(member, MemberState.ENDED)
        act.on(member)
    return member


def take_back_membership(*, member: Member, actor: Actor, now: datetime) -> None:
    """Take back the last category a member was given, by mistake; with the only one the member goes.

    ValueError where the member is not active, or something was built on it.
    """
    require(rules.can_keep_members(actor), _("take a membership back"))
    with audit.act("membership_taken_back", actor=actor, now=now, subject=member):
        member = _locked(member, [MemberState.ACTIVE], _("Taking back"))
        present = _open_membership(member)
        before = member.memberships.filter(ends_on=present.starts_on - timedelta(days=1)).first()
        earlier = member.memberships.exclude(pk=present.pk).exists()
        if earlier and before is None:
            raise ValueError(_("Who was a member before is not taken back: end the membership."))
        present.delete()
        if before is None:
            _remove(member)
        else:
            before.ends_on = None
            before.save(update_fields=["ends_on"])


def _remove(member: Member) -> None:
    try:
        member.delete()
        member.ref.delete()
    except ProtectedError:
        raise ValueError(
            _("%(name)s stays: something was built on this record.") % {"name": member}
        ) from None


def suspend_member(*, member: Member, reason: str, actor: Actor, now: datetime) -> Member:
    """Suspend a member: it stays a member, but its representatives may not act for it."""
    require(rules.can_keep_members(actor), _("suspend a member"))
    with audit.act("member_suspended", actor=actor, now=now, reason=reason) as act:
        member = _locked(member, [MemberState.ACTIVE], _("Suspending"))
        _move(member, MemberState.SUSPENDED)
        act.on(member)
    return member


def reinstate_member(*, member: Member, actor: Actor, now: datetime) -> Member:
    """Take a suspension back."""
    require(rules.can_keep_members(actor), _("reinstate a member"))
    with audit.act("member_reinstated", actor=actor, now=now) as act:
        member = _locked(member, [MemberState.SUSPENDED], _("Reinstating"))
        _move(member, MemberState.ACTIVE)
        act.on(member)
    return member


def name_representative(
    *,
    member: Member,
    person: Person,
    starts_on: date,
    ends_on: date | None = None,
    actor: Actor,
    now: datetime,
) -> Representative:
    """Say who speaks for a member organisation from a day on."""
    require(rules.can_name_representative(actor, member), _("name a representative of this member"))
    if member.organisation_id is None:
        raise ValueError(_("A person speaks for herself: only an organisation has representatives."))
    if person.canonical_id:
        raise ValueError(_("This record is an alias; name the one it stands for."))
    if ends_on is not None and ends_on < starts_on:
        raise ValueError(_("A term cannot end before it starts."))
    with audit.act("representative_named", actor=actor, now=now, member=member.pk) as act:
        member = _locked(member, IN_STANDING, _("Naming a representative"))
        representative = Representative(member=member, person=person, starts_on=starts_on, ends_on=ends_on)
        _save_once(
            representative,
            "representative_once_at_a_time",
            _("This person represents the member already for a part of that time."),
        )
        act.on(representative)
    return representative


def end_representation(
    *, representative: Representative, ends_on: date, actor: Actor, now: datetime
) -> Representative:
    """Say on which day somebody stops speaking for a member; that day still belongs to it."""
    require(
        rules.can_name_representative(actor, representative.member), _("end the term of a representative")
    )
    with audit.act("representation_ended", actor=actor, now=now) as act:
        representative = Representative.objects.select_for_update().get(pk=representative.pk)
        if representative.ends_on is not None and representative.ends_on < ends_on:
            raise ValueError(_("This term has ended already."))
        _end(representative, ends_on)
        act.on(representative)
    return representative


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


def _locked(member: Member, states: Collection[str], what: str) -> Member:
    member = Member.objects.select_for_update().get(pk=member.pk)
    require_state(member.state, states, what)
    return member


def _open_membership(member: Member) -> Membership:
    return member.memberships.filter(ends_on=None).select_for_update().get()


def _move(member: Member, state: str) -> None:
    member.state = state
    member.save(update_fields=["state"])
    update_ref(ref_id=member.ref_id, state=state)


def _begin(member: Member, category: Category, starts_on: date) -> Membership:
    membership = Membership(member=member, category=category, starts_on=starts_on)
    _save_once(
        membership, "membership_one_category_at_a_time", _("This is a member on that day already, or later.")
    )
    return membership


def _end(dated: Membership | Representative, ends_on: date) -> None:
    if ends_on < dated.starts_on:
        raise ValueError(_("A term cannot end before it starts."))
    dated.ends_on = ends_on
    dated.save(update_fields=["ends_on"])


def _save_once(row: Membership | Representative, constraint: str, message: str) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if constraint not in str(error):
            raise
        raise ValueError(message) from None


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
