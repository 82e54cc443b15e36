from datetime import datetime

from django.apps import apps
from django.db import IntegrityError, connection
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, require, require_state
from secretariat.foundation.audit import actions as audit
from secretariat.registry.identity.fills import Identity, changed_since, fill, unfill
from secretariat.registry.identity.models import Distinction, Merge
from secretariat.registry.identity.pointers import Pointing, pointing_to
from secretariat.registry.identity.queries import (
    MergePlan,
    ends,
    in_the_way_of_undoing,
    moved_tables,
    plan_merge,
    refuse_unlike,
)
from secretariat.registry.identity.rules import can_merge
from secretariat.registry.identity.statements import Ends, constraints_of, judged, move
from secretariat.registry.identity.states import Kind, MergeState


def merge(*, kept: Identity, absorbed: Identity, actor: Actor, now: datetime) -> Merge:
    """Make two rows one, as ``plan_merge`` tells it. The absorbed row remains as an alias of the kept one.

    ValueError where the two cannot be merged.
    """
    require(can_merge(actor), _("merge two records"))
    refuse_unlike(kept, absorbed)
    with audit.act(f"{kept._meta.model_name}_merged", actor=actor, now=now) as act:
        kept, absorbed = _locked(kept, absorbed)
        plan = plan_merge(kept, absorbed)
        done = Merge.objects.create(kind=plan.kind, kept_id=kept.pk, absorbed_id=absorbed.pk, merged_at=now)
        _move_rows(done, plan, type(kept), ends(absorbed, kept))
        fill(done, kept, absorbed, plan.fills)
        absorbed.canonical = kept
        absorbed.save(update_fields=["canonical"])
        act.on(kept, absorbed=absorbed.pk, moved={table.label: table.moves for table in plan.tables})
    return done


def undo_merge(*, merge: Merge, actor: Actor, now: datetime) -> Merge:
    """Give every row back to the row that was absorbed. ValueError names what has changed since and forbids it."""
    require(can_merge(actor), _("undo a merge"))
    model = apps.get_model(merge.kind)
    with audit.act(f"{model._meta.model_name}_merge_undone", actor=actor, now=now) as act:
        merge = Merge.objects.select_for_update().get(pk=merge.pk)
        require_state(merge.state, [MergeState.DONE], _("undo a merge"))
        kept, absorbed = _locked(model(pk=merge.kept_id), model(pk=merge.absorbed_id))
        back, pointings = ends(kept, absorbed), moved_tables(merge)
        _refuse_undoing(merge, kept, absorbed, pointings, back)
        constraints = constraints_of(pointings)
        for pointing in pointings:
            verdicts = judged(pointing, constraints[pointing.table], undoing=True)
            _run(move(pointing, verdicts, undoing=True), merge, pointing, back)
        unfill(merge, kept, absorbed)
        absorbed.canonical = None
        absorbed.save(update_fields=["canonical"])
        merge.state, merge.undone_at = MergeState.UNDONE, now
        merge.save(update_fields=["state", "undone_at"])
        act.on(kept, absorbed=absorbed.pk)
    return merge


def tell_apart(
    *, one: Identity, other: Identity, reason: str = "", actor: Actor, now: datetime
) -> Distinction:
    """Say that two rows are not the same, so that they are not shown as duplicates again."""
    require(can_merge(actor), _("tell two records apart"))
    refuse_unlike(one, other)
    first, second = sorted([one.pk, other.pk])
    with audit.act("told_apart", actor=actor, now=now, other=other.pk) as act:
        distinction, _created = Distinction.objects.get_or_create(
            one_id=first, other_id=second, defaults={"kind": Kind(one._meta.label_lower), "reason": reason}
        )
        act.on(one)
    return distinction


def _locked(kept: Identity, absorbed: Identity) -> tuple[Identity, Identity]:
    """Lock both, lower id first, and return them as they are now."""
    rows = type(kept).objects.select_for_update().filter(pk__in=[kept.pk, absorbed.pk])
    found = {row.pk: row for row in rows.order_by("pk")}
    return found[kept.pk], found[absorbed.pk]


def _move_rows(done: Merge, plan: MergePlan, model: type[Identity], way: Ends) -> None:
    planned = {table.label: table.moves for table in plan.tables if table.moves}
    pointings = [pointing for pointing in pointing_to(model) if pointing.label in planned]
    constraints = constraints_of(pointings)
    for pointing in pointings:
        verdicts = judged(pointing, constraints[pointing.table])
        moved = _run(move(pointing, verdicts), done, pointing, way)
        if moved != planned[pointing.label]:
            raise ValueError(
                _("Rows of “%(table)s” changed while the merge ran; plan it anew.")
                % {"table": pointing.label}
            )


def _run(statement: str, done: Merge, pointing: Pointing, way: Ends) -> int:
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement, vars(way) | {"merge": done.pk, "model": pointing.label})
            return cursor.fetchone()[0]
    except IntegrityError as error:
        # A trigger of the table's own, which no constraint tells beforehand.
        reason = str(error).splitlines()[0]
        raise ValueError(
            _("Rows of “%(table)s” may not move: %(reason)s") % {"table": pointing.label, "reason": reason}
        ) from error


def _refuse_undoing(
    merge: Merge, kept: Identity, absorbed: Identity, pointings: list[Pointing], back: Ends
) -> None:
    if absorbed.canonical_id != kept.pk or kept.canonical_id:
        raise ValueError(_("The kept record has been merged into another since; undo that merge first."))
    if changed := changed_since(merge, kept, absorbed):
        raise ValueError(
            _("The merge cannot be undone: %(columns)s of %(number)s changed since.")
            % {"columns": ", ".join(changed), "number": kept.ref.number}
        )
    if rows := in_the_way_of_undoing(merge, pointings, back):
        label, row, verdict = rows[0]
        raise ValueError(
            _(
                "The merge cannot be undone: row %(row)s of “%(table)s” is in the way (%(why)s), and %(more)d more."
            )
            % {"row": row, "table": label, "why": verdict, "more": len(rows) - 1}
        )
