from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, require
from secretariat.foundation.accounts.queries import in_force
from secretariat.foundation.audit import actions as audit
from secretariat.governance.bodies import rules
from secretariat.governance.bodies.logic import SITTING
from secretariat.governance.bodies.models import Body, CallIn, Term
from secretariat.governance.bodies.states import Role
from secretariat.governance.bodies.telling import tell_called_in, tell_called_off
from secretariat.registry.refs.models import Ref


def call_in(
    *, term: Term, starts_on: date, ends_on: date | None = None, reason: str, occasion: Ref | None = None,
    actor: Actor, now: datetime,
) -> CallIn:  # fmt: skip
    """Call the alternate in who holds ``term``: she acts for the seat on these days, or at one occasion, with a reason.

    ValueError where the term is no alternate's, names nobody, does not last so long, or was called in for then.
    """
    require(rules.can_call_in(actor, term.seat.body, _holders(term, starts_on)), _("call an alternate in"))
    _check(term, starts_on, ends_on, reason, occasion)
    with audit.act("alternate_called_in", actor=actor, now=now) as act:
        Body.objects.select_for_update().get(pk=term.seat.body_id)
        call = CallIn(
            term=term, starts_on=starts_on, ends_on=ends_on, reason=reason.strip(), occasion=occasion
        )
        try:
            with transaction.atomic():
                call.save(force_insert=True)
        except IntegrityError as error:
            if "call_in_once_at_a_time" not in str(error):
                raise
            raise ValueError(_("This alternate is called in already for a part of that time.")) from None
        act.on(call, seat=term.seat_id)
        tell_called_in(call, _holders(term, starts_on), actor, now)
    return call


def call_off(
    *, call: CallIn, reason: str = "", ends_on: date | None = None, actor: Actor, now: datetime
) -> CallIn:
    """End a call on a day, which still belongs to it; without a day, with a reason, it is void from the beginning."""
    require(
        rules.can_call_in(actor, call.term.seat.body, _holders(call.term, call.starts_on)),
        _("call an alternate off"),
    )
    with audit.act("alternate_called_off", actor=actor, now=now) as act:
        call = (
            CallIn.objects.select_for_update(of=("self",)).select_related("term__seat__body").get(pk=call.pk)
        )
        if call.is_void:
            raise ValueError(_("This call was called off already."))
        if ends_on is None:
            if not reason.strip():
                raise ValueError(_("A call is called off with a reason."))
            call.is_void, call.called_off = True, reason.strip()
        elif ends_on < call.starts_on or (call.ends_on is not None and ends_on > call.ends_on):
            raise ValueError(_("That day does not lie in the time the alternate is called in for."))
        else:
            call.ends_on = ends_on
        call.save(update_fields=["is_void", "called_off", "ends_on"])
        act.on(call, seat=call.term.seat_id)
        tell_called_off(call, now)
    return call


def _check(term: Term, starts_on: date, ends_on: date | None, reason: str, occasion: Ref | None) -> None:
    if term.role != Role.ALTERNATE or term.person_id is None:
        raise ValueError(_("Only somebody who is the alternate of a seat is called in for it."))
    if not reason.strip():
        raise ValueError(_("An alternate is called in with a reason."))
    if ends_on is not None and ends_on < starts_on:
        raise ValueError(_("A call cannot end before it starts."))
    if occasion is not None and ends_on is None:
        raise ValueError(_("A call to a meeting ends with it."))
    longer = term.ends_on is not None and (ends_on is None or ends_on > term.ends_on)
    if starts_on < term.starts_on or longer:
        raise ValueError(_("The alternate's own term does not last for all of that time."))
    elsewhere = Term.objects.filter(
        in_force(starts_on), seat__body=term.seat.body_id, person=term.person_id, role__in=SITTING
    )
    if elsewhere.exists():
        raise ValueError(_("This alternate sits in the body herself by then."))


def _holders(term: Term, on: date) -> list[Term]:
    return list(
        Term.objects.filter(in_force(on), seat=term.seat_id, role__in=SITTING).select_related("person")
    )
