from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import Any, BinaryIO
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import REFUSALS, Actor, require, require_state
from secretariat.foundation.audit import actions as audit
from secretariat.foundation.files.models import File
from secretariat.foundation.jobs.actions import defer
from secretariat.registry.imports import queries
from secretariat.registry.imports.importers import importer_of
from secretariat.registry.imports.logic import match
from secretariat.registry.imports.models import Import, Row
from secretariat.registry.imports.progress import Teller, telling
from secretariat.registry.imports.reading import head_of, rows_of, shape_of
from secretariat.registry.imports.rules import can_import
from secretariat.registry.imports.running import APPLY, CHECK, UNDO, Run
from secretariat.registry.imports.states import ImportState, Mode, Outcome
from secretariat.registry.refs.actions import next_number, register_ref, update_ref

BATCH = 100  # rows of one transaction where each row stands alone
ENDS = {ImportState.CHECKING, ImportState.APPLYING, ImportState.UNDOING}


def hand_in(*, importer: str, file: File, stream: BinaryIO, actor: Actor, now: datetime) -> Import:
    """Begin an import from a kept file; how it is written and which column is which is guessed.

    ValueError where the file cannot be read, or holds no row.
    """
    require(can_import(actor), _("import"))
    found = importer_of(importer)
    if found is None:
        raise ValueError(_("Nothing brings in “%(what)s”.") % {"what": importer})
    shape = shape_of(stream)
    rows = head_of(stream, shape)
    if len(rows) < 2:
        raise ValueError(_("The file has no row below its heads."))
    columns = match(rows[0], {field.key: (str(field.label), *field.names) for field in found.fields})
    with audit.act("import_handed_in", actor=actor, now=now, importer=importer) as act:
        made = Import.objects.create(
            ref=register_ref(kind="import", number=next_number("IMP", digits=4), title={}, state="matching"),
            importer=importer, file=file, encoding=shape.encoding, delimiter=shape.delimiter, columns=columns,
        )  # fmt: skip
        act.on(made)
    return made


def start_check(
    *, found: Import, columns: Mapping[str, int], mode: str, encoding: str, delimiter: str, day_order: str,
    actor: Actor, now: datetime,
) -> Import:  # fmt: skip
    """Say how the file is read and which column is which, and have every row tried: nothing of it stays."""
    require(can_import(actor), _("import"))
    with audit.act("import_checking", actor=actor, now=now) as act:
        found = _locked(found, ("matching", "checked", "failed"), _("Checking"))
        found.columns, found.mode, found.day_order = dict(columns), mode, day_order
        if found.encoding:
            found.encoding, found.delimiter = encoding or found.encoding, delimiter or found.delimiter
        found.wrong, found.counts = "", {}
        _lead(found, ImportState.CHECKING)
        Row.objects.filter(of=found).delete()
        _defer(CHECK, found, actor)
        act.on(found)
    return found


def check(*, found: Import, actor: Actor, now: datetime) -> None:
    """Try every row, as the job does it: in small transactions that are rolled back, so that nobody waits for it."""
    if found.state != ImportState.CHECKING:
        return
    Row.objects.filter(of=found).delete()  # of a try that was cut short
    run = Run(found, queries.known_importer(found), actor, now)
    with telling(found.pk, queries.number_of_rows(found)) as teller:
        for batch in _batches(found):
            with transaction.atomic():
                tried = _counted(run.rows(batch), teller)
                transaction.set_rollback(True)
            Row.objects.bulk_create(tried)
    _end(found, ImportState.CHECKED, "import_checked", actor, now)


def start_apply(*, found: Import, actor: Actor, now: datetime) -> Import:
    """Bring in what has been checked. ValueError where all rows or none are wanted and one is refused."""
    require(can_import(actor), _("import"))
    with audit.act("import_applying", actor=actor, now=now) as act:
        found = _locked(found, ("checked",), _("Bringing in"))
        if found.mode == Mode.WHOLE and found.counts.get(Outcome.REFUSED):
            raise ValueError(_("Some rows are refused. Mend the file, or bring the others in row by row."))
        _lead(found, ImportState.APPLYING)
        if found.mode == Mode.ROWS:
            Row.objects.filter(of=found).delete()
        _defer(APPLY, found, actor)
        act.on(found)
    return found


def apply(*, found: Import, actor: Actor, now: datetime) -> None:
    """Bring in every row, as the job does it: one transaction for all, or for a hundred where each stands alone.

    Cut short and run again it goes on where it stopped.
    """
    if found.state != ImportState.APPLYING:
        return
    run = Run(found, queries.known_importer(found), actor, now)
    with telling(found.pk, queries.number_of_rows(found)) as teller:
        if found.mode == Mode.ROWS:
            _row_by_row(found, run, teller)
            _end(found, ImportState.APPLIED, "import_applied", actor, now)
        else:
            _whole(found, run, teller, actor, now)


def start_undo(*, found: Import, actor: Actor, now: datetime) -> Import:
    """Take back what was brought in, as long as nothing was built on it."""
    require(can_import(actor), _("undo an import"))
    with audit.act("import_undoing", actor=actor, now=now) as act:
        found = _locked(found, ("applied",), _("Undoing"))
        found.wrong = ""
        _lead(found, ImportState.UNDOING)
        _defer(UNDO, found, actor)
        act.on(found)
    return found


def undo(*, found: Import, actor: Actor, now: datetime) -> None:
    """Take back row after row, the last first, as the job does it: all or none."""
    if found.state != ImportState.UNDOING:
        return
    importer, number = queries.known_importer(found), 0
    rows = Row.objects.filter(of=found, outcome__in=[Outcome.NEW, Outcome.CHANGED]).order_by("-number")
    try:
        with (
            audit.act("import_undone", actor=actor, now=now) as act,
            telling(found.pk, rows.count()) as teller,
        ):
            for row in rows.iterator():
                number = row.number
                importer.undo(row.subject_id, row.outcome, row.memory, actor=actor, now=now)
                teller.one_more()
            _lead(found, ImportState.UNDONE)
            act.on(found)
    except REFUSALS as refused:
        wrong = _("Row %(number)s cannot be taken back: %(why)s") % {"number": number, "why": refused}
        _stop(found, ImportState.APPLIED, wrong, actor, now)


def give_up(*, found: Import, error: Exception, now: datetime) -> None:
    """Write down that a job failed for good; nothing of an import of all rows or none was done."""
    if found.state in ENDS:
        state = ImportState.APPLIED if found.state == ImportState.UNDOING else ImportState.FAILED
        _stop(found, state, str(error).strip()[:1000] or type(error).__name__, Actor(door="task"), now)


def _whole(found: Import, run: Run, teller: Teller, actor: Actor, now: datetime) -> None:
    with transaction.atomic():
        done = [row for batch in _batches(found) for row in _counted(run.rows(batch), teller)]
        refused = sum(row.outcome == Outcome.REFUSED for row in done)
        if not refused:
            _keep(found, done)
            _end(found, ImportState.APPLIED, "import_applied", actor, now)
        else:
            transaction.set_rollback(True)
    if refused:
        with transaction.atomic():
            _keep(found, done)
            _stop(found, ImportState.CHECKED, _("Rows were refused that had passed the check."), actor, now)


def _row_by_row(found: Import, run: Run, teller: Teller) -> None:
    last = Row.objects.filter(of=found).order_by("-number").values_list("number", flat=True).first() or 0
    for batch in _batches(found):
        left = [row for row in batch if row[0] > last]
        with transaction.atomic():
            Row.objects.bulk_create(_counted(run.rows(left), teller))


def _keep(found: Import, rows: Iterable[Row]) -> None:
    Row.objects.filter(of=found).delete()
    Row.objects.bulk_create(rows, batch_size=1000)


def _counted(rows: Iterator[Row], teller: Teller) -> list[Row]:
    done = []
    for row in rows:
        done.append(row)
        teller.one_more()
    return done


def _batches(found: Import) -> Iterator[list[tuple[int, list[str]]]]:
    with queries.content_of(found) as stream:
        rows = islice(rows_of(stream, queries.shape_in(found)), 1, None)
        while batch := list(islice(rows, BATCH)):
            yield batch


def _locked(found: Import, states: tuple[str, ...], what: str) -> Import:
    found = Import.objects.select_for_update().get(pk=found.pk)
    require_state(found.state, states, what)
    return found


def _lead(found: Import, state: str) -> None:
    found.state = state
    found.save()
    update_ref(ref_id=found.ref_id, state=state)


def _end(found: Import, state: str, verb: str, actor: Actor, now: datetime) -> None:
    outcomes = Row.objects.filter(of=found).values_list("outcome", flat=True)
    with audit.act(verb, actor=actor, now=now) as act:
        found.counts = dict(Counter(outcomes))
        _lead(found, state)
        act.on(found, **found.counts)


def _stop(found: Import, state: str, wrong: str, actor: Actor, now: datetime) -> None:
    with audit.act("import_stopped", actor=actor, now=now, reason=wrong) as act:
        found = Import.objects.select_for_update().get(pk=found.pk)
        found.wrong = wrong
        if Row.objects.filter(of=found).exists():
            found.counts = dict(Counter(Row.objects.filter(of=found).values_list("outcome", flat=True)))
        _lead(found, state)
        act.on(found)


def _defer(job: str, found: Import, actor: Actor) -> None:
    by: dict[str, Any] = {"account": str(actor.account_id or ""), "person": str(actor.person_id or "")}
    defer(job, one_at_a_time="imports", key=str(found.pk), **by)


def import_by_key(key: UUID) -> Import:
    """Return an import as it is now, for its job."""
    return Import.objects.select_related("file", "ref").get(pk=key)
