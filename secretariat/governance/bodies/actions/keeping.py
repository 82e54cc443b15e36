from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, ProtectedError, Q
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, require
from secretariat.foundation.audit import actions as audit
from secretariat.governance.bodies.logic import SITTING
from secretariat.governance.bodies.models import Body, Seat, Term
from secretariat.governance.bodies.states import Flag, Holder, Role
from secretariat.registry.editions.models import Edition
from secretariat.registry.organisations.models import Organisation
from secretariat.registry.people.models import Person
from secretariat.registry.places.rules import keeps_registry
from secretariat.registry.refs.actions import next_number, register_ref, update_ref

CHANGEABLE = {
    "name_en",
    "name_zh",
    "flags",
    "parent",
    "position",
    "meets_every_years",
    "warns_months",
    "term_years",
}


def establish_body(
    *, key: str, name_en: str, name_zh: str, flags: Collection[str], parent: Body | None = None,
    edition: Edition | None = None, position: int | None = None, meets_every_years: int | None = None,
    warns_months: int = 12, term_years: int | None = None, actor: Actor, now: datetime,
) -> Body:  # fmt: skip
    """Establish a body; it gets the next number ``BOD-001`` and, unless said otherwise, the last place in the order."""
    require(keeps_registry(actor), _("establish a body"))
    if unknown := set(flags) - set(Flag.values):
        raise ValueError(
            f"'{min(unknown)}' is nothing a body is or does; there are: {', '.join(Flag.values)}."
        )
    with audit.act("body_established", actor=actor, now=now) as act:
        if position is None:
            last = Body.objects.filter(edition=edition).aggregate(last=Max("position"))["last"]
            position = 0 if last is None else last + 1
        body = Body.objects.create(
            ref=register_ref(
                kind="body", number=next_number("BOD"), title={"en": name_en, "zh-hans": name_zh}
            ),
            key=key, name_en=name_en, name_zh=name_zh, flags=[f for f in Flag.values if f in flags], parent=parent,
            edition=edition, position=position, meets_every_years=meets_every_years, warns_months=warns_months,
            term_years=term_years,
        )  # fmt: skip
        act.on(body)
    return body


def change_body(*, body: Body, actor: Actor, now: datetime, **changes: Any) -> Body:
    """Change names, flags, order or lengths; those not named stay. ValueError for an unknown name or a circle."""
    require(keeps_registry(actor), _("change a body"))
    if unknown := changes.keys() - CHANGEABLE:
        raise ValueError(f"A body has no {', '.join(sorted(unknown))} to change.")
    with audit.act("body_changed", actor=actor, now=now, fields=sorted(changes)) as act:
        body = Body.objects.select_for_update().get(pk=body.pk)
        for name, value in changes.items():
            setattr(body, name, value)
        body.flags = [flag for flag in Flag.values if flag in body.flags]
        _refuse_circle(body)
        body.save()
        update_ref(ref_id=body.ref_id, title={"en": body.name_en, "zh-hans": body.name_zh})
        act.on(body)
    return body


def change_seat(*, seat: Seat, actor: Actor, now: datetime, **changes: Any) -> Seat:
    """Change what a seat is called and where it stands. Whose kind it is stays: terms hang on it."""
    require(keeps_registry(actor), _("change a seat"))
    if unknown := changes.keys() - {"title_en", "title_zh", "position"}:
        raise ValueError(f"A seat has no {', '.join(sorted(unknown))} to change.")
    with audit.act("seat_changed", actor=actor, now=now, fields=sorted(changes)) as act:
        seat = Seat.objects.select_for_update().get(pk=seat.pk)
        for name, value in changes.items():
            setattr(seat, name, value)
        seat.save(update_fields=list(changes))
        act.on(seat)
    return seat


def add_seat(
    *, body: Body, key: str = "", title_en: str = "", title_zh: str = "", holder: str = Holder.PERSON,
    actor: Actor, now: datetime,
) -> Seat:  # fmt: skip
    """Add a seat at the end of a body; without a key it is numbered, ``seat-07``."""
    require(keeps_registry(actor), _("add a seat"))
    if holder not in Holder.values:
        raise ValueError(f"'{holder}' holds no seat; these do: {', '.join(Holder.values)}.")
    with audit.act("seat_added", actor=actor, now=now, body=body.pk) as act:
        Body.objects.select_for_update().get(pk=body.pk)  # two seats at once would take the same number
        last = body.seats.aggregate(last=Max("position"))["last"] or 0
        seat = Seat.objects.create(
            body=body, key=key or f"seat-{last + 1:02d}", title_en=title_en, title_zh=title_zh, holder=holder,
            position=last + 1,
        )  # fmt: skip
        act.on(seat)
    return seat


def appoint(
    *, seat: Seat, person: Person | None = None, organisation: Organisation | None = None,
    role: str = Role.MEMBER, starts_on: date, ends_on: date | None = None, actor: Actor, now: datetime,
) -> Term:  # fmt: skip
    """Give a seat to a person, or to an organisation with or without its delegate, from a day on.

    ValueError where the holder does not fit the seat, the seat is taken for a part of that time, or the person sits
    in the body already.
    """
    require(keeps_registry(actor), _("appoint to a seat"))
    _check_holder(seat, person, organisation, role)
    if ends_on is not None and ends_on < starts_on:
        raise ValueError(_("A term cannot end before it starts."))
    with audit.act("seat_given", actor=actor, now=now, seat=seat.pk) as act:
        Body.objects.select_for_update().get(pk=seat.body_id)
        term = Term(
            seat=seat,
            person=person,
            organisation=organisation,
            role=role,
            starts_on=starts_on,
            ends_on=ends_on,
        )
        if person is not None and role in SITTING:
            _refuse_second_seat(term)
        try:
            with transaction.atomic():
                term.save(force_insert=True)
        except IntegrityError as error:
            if "term_one_holder_at_a_time" not in str(error):
                raise
            raise ValueError(_("This seat is held already for a part of that time.")) from None
        act.on(term)
    return term


def end_term(*, term: Term, ends_on: date, actor: Actor, now: datetime) -> Term:
    """Say on which day a term ends, earlier than was planned; that day still belongs to it."""
    require(keeps_registry(actor), _("end a term"))
    with audit.act("term_ended", actor=actor, now=now) as act:
        term = Term.objects.select_for_update().get(pk=term.pk)
        if ends_on < term.starts_on:
            raise ValueError(_("A term cannot end before it starts."))
        if term.ends_on is not None and term.ends_on < ends_on:
            raise ValueError(_("This term has ended already."))
        term.ends_on = ends_on
        term.save(update_fields=["ends_on"])
        act.on(term)
    return term


def extend_term(*, term: Term, ends_on: date | None, actor: Actor, now: datetime) -> Term:
    """Let a term hold on to a later day, or without an end.

    ValueError where that day is not later, or somebody else holds the seat by then, or she sits there in another.
    """
    require(keeps_registry(actor), _("extend a term"))
    with audit.act("term_extended", actor=actor, now=now) as act:
        Body.objects.select_for_update().get(seats__terms=term.pk)
        term = Term.objects.select_for_update(of=("self",)).select_related("seat").get(pk=term.pk)
        if term.ends_on is None or (ends_on is not None and ends_on <= term.ends_on):
            raise ValueError(_("This term lasts as long already."))
        term.ends_on = ends_on
        if term.person_id is not None and term.role in SITTING:
            _refuse_second_seat(term)
        try:
            with transaction.atomic():
                term.save(update_fields=["ends_on"])
        except IntegrityError as error:
            if "term_one_holder_at_a_time" not in str(error):
                raise
            raise ValueError(_("This seat is held already for a part of that time.")) from None
        act.on(term)
    return term


def take_back_term(*, term: Term, actor: Actor, now: datetime) -> None:
    """Remove a term that was recorded by mistake. ValueError where something was built on it."""
    require(keeps_registry(actor), _("take a term back"))
    with audit.act("term_taken_back", actor=actor, now=now, subject=term.seat):
        try:
            term.delete()
        except ProtectedError:
            raise ValueError(_("This term stays: something was built on it.")) from None


def succeed(
    *, term: Term, starts_on: date, person: Person | None = None, organisation: Organisation | None = None,
    ends_on: date | None = None, actor: Actor, now: datetime,
) -> Term:  # fmt: skip
    """Give the seat of a term to somebody else from a day on; the term before ends on the day before."""
    require(keeps_registry(actor), _("appoint a successor"))
    with audit.act("seat_succeeded", actor=actor, now=now, previous=term.pk) as act:
        last = starts_on - timedelta(days=1)
        if term.ends_on is None or term.ends_on > last:
            end_term(term=term, ends_on=last, actor=actor, now=now)
        successor = appoint(
            seat=term.seat, person=person, organisation=organisation, role=term.role, starts_on=starts_on,
            ends_on=ends_on, actor=actor, now=now,
        )  # fmt: skip
        act.on(successor)
    return successor


def _refuse_circle(body: Body) -> None:
    above, seen = body.parent, {body.pk}
    while above is not None:
        if above.pk in seen:
            raise ValueError(_("A body cannot answer to itself, nor to one that answers to it."))
        seen.add(above.pk)
        above = above.parent


def _check_holder(seat: Seat, person: Person | None, organisation: Organisation | None, role: str) -> None:
    if role not in Role.values:
        raise ValueError(f"'{role}' is no role in a body; these are: {', '.join(Role.values)}.")
    if seat.holder == Holder.PERSON and (person is None or organisation is not None):
        raise ValueError(_("This seat is a person's."))
    if seat.holder == Holder.ORGANISATION and organisation is None:
        raise ValueError(_("This seat is an organisation's."))
    if (person and person.canonical_id) or (organisation and organisation.canonical_id):
        raise ValueError(_("This record is an alias; appoint the one it stands for."))


def _refuse_second_seat(term: Term) -> None:
    others = Term.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=term.starts_on),
        seat__body=term.seat.body_id, person=term.person, role__in=SITTING,
    ).exclude(pk=term.pk)  # fmt: skip
    if term.ends_on is not None:
        others = others.filter(starts_on__lte=term.ends_on)
    if others.exists():
        raise ValueError(_("This person sits in the body already for a part of that time."))
