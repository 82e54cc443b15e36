"""The rules of a call while it is a draft: each row added, changed, moved and taken out by an act of its own."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, require, require_state
from secretariat.foundation.audit import actions as audit
from secretariat.registry.refs.actions import update_ref
from secretariat.summit.calls import queries, rules
from secretariat.summit.calls.actions.calls import CallSpec, declare_call
from secretariat.summit.calls.models import Call, CallPart, Criterion, EligibilityRule, Stage

DETAILS = ("title_en", "title_zh", "word_en", "word_zh", "opens_at", "closes_at")
# What a row of the rules says, without whose it is and where it stands.
OWN = frozenset({"id", "call", "position", "created_at", "updated_at"})


def change_call(*, call: Call, actor: Actor, now: datetime, **changes: Any) -> Call:
    """Change what a call is called, and its days, before it opens."""
    require(rules.can_run_call(actor), _("change a call"))
    if unknown := set(changes) - set(DETAILS):
        raise ValueError(f"call {call.key}: {', '.join(sorted(unknown))} cannot be changed")
    with audit.act("call_changed", actor=actor, now=now) as act:
        call = _draft(call)
        for name, value in changes.items():
            setattr(call, name, value)
        if call.closes_at <= call.opens_at:
            raise ValueError(_("It has to close after it has opened."))
        call.save(update_fields=list(changes))
        update_ref(ref_id=call.ref_id, title={"en": call.title_en, "zh": call.title_zh})
        act.on(call, changed=sorted(changes))
    return call


def add_part(
    *, call: Call, model: type[CallPart], key: str, values: Mapping[str, Any], actor: Actor, now: datetime
) -> CallPart:
    """Add a field, or a formal condition, at the end of a call's."""
    require(rules.can_run_call(actor), _("change a call"))
    with audit.act("call_part_added", actor=actor, now=now, part=model._meta.model_name, key=key) as act:
        call = _draft(call)
        rows = model.objects.filter(call=call)
        if rows.filter(key=key).exists():
            raise ValueError(_("“%(key)s” is taken already.") % {"key": key})
        last = rows.order_by("-position").values_list("position", flat=True).first() or 0
        made = model.objects.create(call=call, key=key, position=last + 1, **values)
        act.on(call)
    return made


def change_part(*, part: CallPart, values: Mapping[str, Any], actor: Actor, now: datetime) -> CallPart:
    """Change a row of a call's rules; its key stays."""
    require(rules.can_run_call(actor), _("change a call"))
    kind = part._meta.model_name
    with audit.act("call_part_changed", actor=actor, now=now, part=kind, key=part.key) as act:
        call = _draft(part.call)
        part = type(part).objects.select_for_update(of=("self",)).filter(pk=part.pk).first()
        if part is None:
            raise ValueError(_("This row has been taken out meanwhile."))
        for name, value in values.items():
            setattr(part, name, value)
        part.save(update_fields=list(values))
        act.on(call)
    return part


def move_part(*, part: CallPart, by: int, actor: Actor, now: datetime) -> None:
    """Move a row of a call's rules up (-1) or down (1); at the end there is nothing to do."""
    require(rules.can_run_call(actor), _("change a call"))
    kind = part._meta.model_name
    with audit.act("call_part_moved", actor=actor, now=now, part=kind, key=part.key, by=by) as act:
        call = _draft(part.call)
        rows = list(type(part).objects.select_for_update(of=("self",)).filter(call=call).order_by("position"))
        at = next((at for at, row in enumerate(rows) if row.pk == part.pk), None)
        if at is None:
            raise ValueError(_("This row has been taken out meanwhile."))
        rows.insert(max(0, at + by), rows.pop(at))
        for position, row in enumerate(rows, 1):
            if row.position != position:
                row.position = position
                row.save(update_fields=["position"])
        act.on(call)


def remove_part(*, part: CallPart, actor: Actor, now: datetime) -> None:
    """Take a row out of a call's rules."""
    require(rules.can_run_call(actor), _("change a call"))
    kind = part._meta.model_name
    with audit.act("call_part_removed", actor=actor, now=now, part=kind, key=part.key) as act:
        call = _draft(part.call)
        type(part).objects.filter(pk=part.pk).delete()
        act.on(call)


def copy_call(
    *, call: Call, edition: Any, key: str, series: str, actor: Actor, now: datetime, **details: Any
) -> Call:
    """Start a new call, a draft, with the rules of an earlier one; ``details`` are its names and days."""
    spec = CallSpec(
        key=key, series=series, title={"en": details["title_en"], "zh": details["title_zh"]},
        word={"en": details["word_en"], "zh": details["word_zh"]}, languages=call.languages,
        opens_at=details["opens_at"], closes_at=details["closes_at"], zone=call.zone,
        fields=queries.field_specs(call), criteria=_rows(call, Criterion), eligibility=_rows(call, EligibilityRule),
        stages=_rows(call, Stage), publication=call.publication, undertaking=call.undertaking,
        conflicts=call.conflict_rules,
    )  # fmt: skip
    return declare_call(edition=edition, spec=spec, committee=call.committee, actor=actor, now=now)


def _rows(call: Call, model: type[CallPart]) -> list[dict[str, Any]]:
    names = [field.name for field in model._meta.concrete_fields if field.name not in OWN]
    rows = model.objects.filter(call=call).order_by("position")
    return [{name: getattr(row, name) for name in names} for row in rows]


def _draft(call: Call) -> Call:
    """Return the call, locked, while its rules may change."""
    call = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    require_state(call.state, ["draft"], _("Changing the rules of a call"))
    return call
