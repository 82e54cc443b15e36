"""Who speaks for a member, and which one of them casts its vote."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, require
from secretariat.foundation.accounts.queries import in_force
from secretariat.foundation.audit import actions as audit
from secretariat.governance.membership import rules
from secretariat.governance.membership.actions.admitting import IN_STANDING
from secretariat.governance.membership.actions.keeping import end, locked, save_once
from secretariat.governance.membership.models import Member, Representative
from secretariat.governance.membership.queries import people_of
from secretariat.registry.people.models import Person

ONCE = "representative_once_at_a_time"
ONE_VOTES = "representative_one_votes"


def name_representative(
    *,
    member: Member,
    person: Person,
    starts_on: date,
    ends_on: date | None = None,
    is_voting: bool = False,
    actor: Actor,
    now: datetime,
) -> Representative:
    """Say who speaks for a member organisation from a day on, and whether she casts its vote."""
    require(rules.can_name_representative(actor, member), _("name a representative of this member"))
    if member.organisation_id is None:
        raise ValueError(_("A person speaks for herself: only an organisation has representatives."))
    _refuse_stranger(member, person, actor, now)
    if person.canonical_id:
        raise ValueError(_("This record is an alias; name the one it stands for."))
    if ends_on is not None and ends_on < starts_on:
        raise ValueError(_("A term cannot end before it starts."))
    with audit.act("representative_named", actor=actor, now=now, member=member.pk) as act:
        member = locked(member, IN_STANDING, _("Naming a representative"))
        representative = Representative(
            member=member, person=person, starts_on=starts_on, ends_on=ends_on, is_voting=is_voting
        )
        _save(representative)
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
        end(representative, ends_on)
        act.on(representative)
    return representative


def hand_vote_to(
    *, representative: Representative, starts_on: date, actor: Actor, now: datetime
) -> Representative:
    """Let this representative cast the vote of the member from a day on; whoever did so speaks for it without it.

    ValueError where she does not represent it on that day, or has the vote already.
    """
    require(rules.can_name_representative(actor, representative.member), _("say who casts the vote"))
    with audit.act("vote_handed", actor=actor, now=now, from_day=starts_on.isoformat()) as act:
        locked(representative.member, IN_STANDING, _("Saying who casts the vote"))
        rows = Representative.objects.select_for_update().filter(
            in_force(starts_on), member=representative.member_id
        )
        speaking = {row.pk: row for row in rows}
        if representative.pk not in speaking:
            raise ValueError(_("Nobody casts the vote of a member whom she does not represent on that day."))
        if speaking[representative.pk].is_voting:
            raise ValueError(_("She casts the vote of this member already."))
        for row in speaking.values():
            if row.is_voting:
                _turn(row, starts_on, is_voting=False)
        following = _turn(speaking[representative.pk], starts_on, is_voting=True)
        act.on(following)
    return following


def _refuse_stranger(member: Member, person: Person, actor: Actor, now: datetime) -> None:
    """Refuse that a member names somebody who is not known to belong to it; the desk knows whom it names."""
    if rules.can_keep_members(actor):
        return
    if not people_of(member, timezone.localdate(now)).filter(pk=person.pk).exists():
        raise ValueError(
            _("Name somebody who is recorded as belonging to the organisation, or ask the secretariat.")
        )


def _turn(row: Representative, starts_on: date, *, is_voting: bool) -> Representative:
    """From a day on a representative has the vote or has it no more: the term is divided at that day."""
    if row.starts_on == starts_on:
        row.is_voting = is_voting
        row.save(update_fields=["is_voting"])
        return row
    following = Representative(
        member_id=row.member_id, person_id=row.person_id, starts_on=starts_on, ends_on=row.ends_on, is_voting=is_voting,
        is_named=row.is_named,
    )  # fmt: skip
    end(row, starts_on - timedelta(days=1))
    _save(following)
    return following


def _save(row: Representative) -> None:
    once = _("This person represents the member already for a part of that time.")
    if row.is_voting:
        others = Representative.objects.filter(member=row.member_id, is_voting=True)
        others = others.exclude(ends_on__lt=row.starts_on)
        if row.ends_on is not None:
            others = others.filter(starts_on__lte=row.ends_on)
        if others.exists():
            raise ValueError(_("Somebody else casts the vote of this member for a part of that time."))
    save_once(row, ONCE, once)
