"""A person is handed what is kept of her: asked for, made by a job, there for a week."""

import tempfile
from datetime import datetime, timedelta
from uuid import UUID

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from secretariat.foundation.accounts.actions.alerts import alert
from secretariat.foundation.accounts.actor import Actor, WrongState, require
from secretariat.foundation.accounts.models import Account
from secretariat.foundation.audit import actions as audit
from secretariat.foundation.jobs.actions import defer
from secretariat.foundation.privacy import rules
from secretariat.foundation.privacy.copying import MAKE, write_copy
from secretariat.foundation.privacy.models import Export, Progress
from secretariat.foundation.privacy.states import ExportState
from secretariat.foundation.privacy.subjects import subject_of

THERE_FOR = timedelta(days=7)


def ask_export(*, actor: Actor, now: datetime) -> Export:
    """Ask for a copy of everything that is kept of oneself. One is made at a time; an earlier one leaves."""
    require(rules.can_ask(actor), _("ask for a copy of your data"))
    with audit.act("export_asked", actor=actor, now=now) as act:
        Account.objects.select_for_update().get(pk=actor.account_id)
        for earlier in Export.objects.filter(account=actor.account_id, state=ExportState.READY):
            _leave(earlier)
        export = Export(account_id=actor.account_id, asked_at=now)
        try:
            with transaction.atomic():
                export.save(force_insert=True)
        except IntegrityError as error:
            if "export_one_at_a_time" not in str(error):
                raise
            raise WrongState(_("A copy is being made already.")) from None
        Progress.objects.create(export=export)
        defer(MAKE, export_id=str(export.pk))
        act.on(export)
    return export


def make_export(*, export_id: UUID, actor: Actor, now: datetime) -> bool:
    """Make the copy and tell its owner. Returns whether it was made now."""
    export = Export.objects.select_related("account").filter(pk=export_id, state=ExportState.ASKED).first()
    if export is None:
        return False

    def progress(done: int, total: int) -> None:
        Progress.objects.filter(export=export).update(done=done, total=total)

    with tempfile.TemporaryFile() as file:
        with override(export.account.language):
            write_copy(file, subject_of(account=export.account_id), now, progress)
        size = file.tell()
        file.seek(0)
        with audit.act("export_made", actor=actor, now=now, subject=export):
            export.state, export.size = ExportState.READY, size
            export.ready_at, export.expires_at = now, now + THERE_FOR
            export.save(update_fields=["state", "size", "ready_at", "expires_at"])
            default_storage.delete(export.storage_key)  # a torn rest of an earlier try
            default_storage.save(export.storage_key, File(file, name=export.storage_key))
            alert(export.account, "export_ready", now=now, subject_id=export.pk)
    return True


def give_up_export(*, export_id: UUID, actor: Actor, now: datetime) -> None:
    """Note that a copy could not be made, so that another can be asked for."""
    with audit.act("export_failed", actor=actor, now=now) as act:
        for export in Export.objects.filter(pk=export_id, state=ExportState.ASKED):
            export.state = ExportState.FAILED
            export.save(update_fields=["state"])
            act.on(export)


def expire_exports(*, actor: Actor, now: datetime) -> int:
    """Remove the copies whose week is over. Returns how many."""
    late = list(Export.objects.filter(state=ExportState.READY, expires_at__lte=now))
    if late:
        with audit.act("exports_expired", actor=actor, now=now, number=len(late)):
            for export in late:
                _leave(export)
    return len(late)


def _leave(export: Export) -> None:
    export.state = ExportState.GONE
    export.save(update_fields=["state"])
    key = export.storage_key
    transaction.on_commit(lambda: default_storage.delete(key))
