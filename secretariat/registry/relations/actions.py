from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, require, require_state
from secretariat.foundation.audit import actions as audit
from secretariat.registry.people.models import Person
from secretariat.registry.relations import rules
from secretariat.registry.relations.logic import keys_of
from secretariat.registry.relations.models import Relation


def declare_relation(
    *, name: str, kind: str, note: str = "", starts_on: date | None = None, actor: Actor, now: datetime
) -> Relation:
    """A person says, once, to whom she is tied by what no record shows. Every question about conflicts hears of it."""
    require(rules.is_herself(actor), _("declare a relation"))
    with audit.act("relation_declared", actor=actor, now=now) as act:
        person = Person.objects.get(pk=actor.person_id)
        relation = _record(person, name, kind, note, starts_on, now, is_pinned=False)
        act.on(relation)
    return relation


def pin_relation(
    *,
    person: Person,
    name: str,
    kind: str,
    reason: str,
    starts_on: date | None = None,
    actor: Actor,
    now: datetime,
) -> Relation:
    """Record a relation that a person did not declare, with a reason. She reads it, and cannot end it."""
    require(rules.can_pin(actor), _("record a relation"))
    if not reason.strip():
        raise ValueError(_("Say on what the relation is known."))
    with audit.act("relation_pinned", actor=actor, now=now) as act:
        relation = _record(person, name, kind, reason, starts_on, now, is_pinned=True)
        act.on(relation)
    return relation


def end_relation(*, relation: Relation, ends_on: date, actor: Actor, now: datetime) -> Relation:
    """Say until when a relation held. It counts for as many years more as each question looks back."""
    with audit.act("relation_ended", actor=actor, now=now, ends_on=ends_on.isoformat()) as act:
        relation = Relation.objects.select_for_update().get(pk=relation.pk)
        require(rules.can_end(actor, relation), _("end this relation"))
        if relation.ends_on is not None:
            require_state("ended", [], _("Ending a relation"))
        if ends_on < relation.starts_on:
            raise ValueError(_("It cannot end before it began."))
        if ends_on > timezone.localdate(now):
            raise ValueError(_("That day has not come yet."))
        relation.ends_on = ends_on
        relation.save(update_fields=["ends_on"])
        act.on(relation)
    return relation


def _record(
    person: Person, name: str, kind: str, note: str, starts_on: date | None, now: datetime, *, is_pinned: bool
) -> Relation:
    today = timezone.localdate(now)
    keys = keys_of(name)
    if not keys:
        raise ValueError(_("Write the name of a person or an organisation."))
    if starts_on is not None and starts_on > today:
        raise ValueError(_("That day has not come yet."))
    return Relation.objects.create(
        person=person, name=" ".join(name.split()), match_keys=keys, kind=kind, note=note.strip(),
        starts_on=starts_on or today, is_pinned=is_pinned,
    )  # fmt: skip
