from datetime import datetime

from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, require
from secretariat.foundation.audit import actions as audit
from secretariat.governance.meetings import rules
from secretariat.governance.meetings.actions.locking import locked, locked_item
from secretariat.governance.meetings.models import AgendaItem, Deputy, ItemBallot, Meeting, Recusal, Speech
from secretariat.governance.meetings.presence import current_item, people_there, presiding, recusals_on
from secretariat.registry.people.models import Person


def recuse(
    *, item: AgendaItem, person: Person, reason: str, found: str = "", actor: Actor, now: datetime
) -> Recusal:
    """Keep somebody out of an item and what stands under it, with a reason: by herself, or by who runs the meeting.

    ``found`` is the kind of relation that was found, where it was proposed. A ballot that is open keeps its roll, so
    nobody is recused while one is.
    """
    own = rules.is_herself(actor) and actor.person_id == person.pk
    require(own or rules.can_run(actor, item.meeting), _("recuse somebody"))
    if not reason.strip():
        raise ValueError(_("A recusal has a reason."))
    with audit.act("person_recused", actor=actor, now=now, reason=reason) as act:
        item = locked_item(item, ["planned", "convened", "open"], _("Recusing somebody"))
        if person.pk in recusals_on(item):
            raise ValueError(_("She is recused on this item already."))
        refuse_during_ballot(item)
        recusal = Recusal.objects.create(
            item=item, person=person, reason=reason.strip(), found=found, recused_at=now
        )
        Speech.objects.filter(item=item, person=person, state="waiting").update(state="withdrawn")
        act.on(item.meeting, item=item.pk, person=person.pk, found=found)
        pass_chair(meeting=item.meeting, actor=actor, now=now)
    return recusal


def lift_recusal(*, recusal: Recusal, reason: str, actor: Actor, now: datetime) -> Recusal:
    """Let somebody take part again, with a reason. Nobody lifts her own."""
    may = rules.can_run(actor, recusal.item.meeting) and actor.person_id != recusal.person_id
    require(may, _("lift this recusal"))
    if not reason.strip():
        raise ValueError(_("A recusal is lifted with a reason."))
    with audit.act("recusal_lifted", actor=actor, now=now, reason=reason) as act:
        item = locked_item(recusal.item, ["planned", "convened", "open"], _("Lifting a recusal"))
        recusal = Recusal.objects.get(pk=recusal.pk)
        if recusal.lifted_at is not None:
            raise ValueError(_("This recusal was lifted already."))
        refuse_during_ballot(item)
        recusal.lifted_at = now
        recusal.save(update_fields=["lifted_at"])
        act.on(item.meeting, item=item.pk, person=recusal.person_id)
        pass_chair(meeting=item.meeting, actor=actor, now=now)
    return recusal


def choose_deputy(*, meeting: Meeting, person: Person, actor: Actor, now: datetime) -> Deputy:
    """Keep whom those present chose to preside where neither the chair nor a vice-chair can."""
    require(rules.can_run(actor, meeting), _("enter who was chosen to preside"))
    with audit.act("deputy_chosen", actor=actor, now=now) as act:
        meeting = locked(meeting, ["open"], _("Choosing who presides"))
        if person.pk not in people_there(meeting):
            raise ValueError(_("Whoever presides is there."))
        if person.pk in recusals_on(current_item(meeting)):
            raise ValueError(_("Whoever is recused on this item does not preside over it."))
        deputy = Deputy.objects.create(meeting=meeting, person=person, chosen_at=now)
        act.on(meeting, person=person.pk)
        pass_chair(meeting=meeting, actor=actor, now=now)
    return deputy


def pass_chair(*, meeting: Meeting, actor: Actor, now: datetime) -> Person | None:
    """Keep in the record who presides from now on, if that is another than before. Part of the acts that change it."""
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("body", "last_presiding").get(
        pk=meeting.pk
    )  # fmt: skip
    if meeting.state != "open":
        return None
    item = current_item(meeting)
    holder = presiding(meeting, item)
    if (holder.pk if holder else None) == meeting.last_presiding_id:
        return holder
    with audit.act("chair_passed", actor=actor, now=now) as act:
        detail = {"person": holder.pk if holder else None, "earlier": meeting.last_presiding_id}
        meeting.last_presiding = holder
        meeting.save(update_fields=["last_presiding"])
        act.on(meeting, item=item.pk if item else None, **detail)
    return holder


def refuse_during_ballot(item: AgendaItem) -> None:
    """Refuse what would change a roll that is frozen: ValueError while a ballot on the item is open."""
    if ItemBallot.objects.filter(item__meeting=item.meeting_id, ballot__state="open").exists():
        raise ValueError(_("A ballot is open, and its roll stands: close it first."))
