"""A file handed in piece by piece, which goes on where it stopped."""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, WrongState, require
from secretariat.foundation.audit import actions as audit
from secretariat.foundation.files import queries, rules
from secretariat.foundation.files.actions.keeping import FileRefused, store_file
from secretariat.foundation.files.logic import clean_name, readable_size
from secretariat.foundation.files.models import File, Upload
from secretariat.foundation.files.states import UploadState

LIFETIME = timedelta(days=2)
AT_ONCE = 10  # unfinished uploads of one account


def begin_upload(*, name: str, size: int, modified: int, actor: Actor, now: datetime) -> Upload:
    """Open an upload, or return the actor's unfinished one of the same file, which goes on where it stopped.

    Raises:
        FileRefused: empty, too large, without a name, or the account has too many unfinished ones.
    """
    require(actor.account_id is not None, _("hand in a file"))
    name = clean_name(name)
    _check(name, size)
    running = queries.running_uploads(actor, now)
    same = running.filter(name=name, size=size, modified=modified).first()
    if same:
        return same
    if running.count() >= AT_ONCE:
        raise FileRefused(_("Too many uploads are unfinished. Finish one, or wait two days."))
    with audit.act("upload_begun", actor=actor, now=now, size=size) as act:
        upload = Upload.objects.create(
            account_id=actor.account_id, name=name, size=size, modified=modified, expires_at=now + LIFETIME
        )
        act.on(upload)
    return upload


def append_piece(*, pk: UUID, first: int, piece: bytes, actor: Actor, now: datetime) -> Upload:
    """Put a piece behind what has arrived; one that does not begin there changes nothing.

    It is no act of its own: nothing is kept before the upload is finished, and a file would have fifty.

    Raises:
        FileRefused: the piece goes beyond the size that was announced.
    """
    with transaction.atomic():
        upload = _locked(pk, actor, now)
        if first + len(piece) > upload.size:
            raise FileRefused(_("“%(name)s” is larger than it said.") % {"name": upload.name})
        if first == queries.received(upload):
            with queries.part(upload).open("ab") as part:
                part.write(piece)
    return upload


def finish_upload(*, pk: UUID, sha256: str, actor: Actor, now: datetime) -> File:
    """Keep the whole file as one of the actor's own; ``sha256`` is what the browser counted, or empty.

    Asked twice it returns the same file: an answer may be lost on its way.

    Raises:
        FileRefused: damaged on its way; it begins anew.
        WrongState: not all of it has arrived.
    """
    with audit.act("upload_finished", actor=actor, now=now) as act:
        upload = _locked(pk, actor, now, finished=True)
        if upload.state == UploadState.KEPT:
            act.on(upload, again=True)
            return upload.file
        if queries.received(upload) != upload.size:
            raise WrongState(_("Not all of “%(name)s” has arrived.") % {"name": upload.name})
        upload.file = _kept(upload, sha256, actor, now)
        upload.state = UploadState.KEPT
        upload.save(update_fields=["file", "state"])
        act.on(upload, file=str(upload.file_id))
        transaction.on_commit(lambda: _drop(queries.part(upload)))
    return upload.file


def expire_uploads(*, actor: Actor, now: datetime) -> int:
    """Give up what nobody finished in time, and return how many there were."""
    overdue = Upload.objects.filter(state=UploadState.RECEIVING, expires_at__lte=now)
    if not overdue.exists():
        return 0
    with audit.act("upload_expired", actor=actor, now=now) as act:
        late = list(overdue.select_for_update(skip_locked=True))
        for upload in late:
            upload.state = UploadState.EXPIRED
            upload.save(update_fields=["state"])
            _drop(queries.part(upload))
        act.detail["uploads"] = len(late)
    return len(late)


def _check(name: str, size: int) -> None:
    if not name:
        raise FileRefused(_("The file has no name."))
    if size <= 0:
        raise FileRefused(_("“%(name)s” is empty.") % {"name": name})
    if size > settings.FILE_SIZE_LIMIT:
        limit = readable_size(settings.FILE_SIZE_LIMIT)
        raise FileRefused(
            _("“%(name)s” is larger than the %(limit)s allowed.") % {"name": name, "limit": limit}
        )


def _locked(pk: UUID, actor: Actor, now: datetime, finished: bool = False) -> Upload:
    """The upload for this transaction alone: pieces that come at the same time wait for each other."""
    upload = Upload.objects.select_for_update(of=["self"]).select_related("file").get(pk=pk)
    require(rules.may_continue(actor, upload), _("go on with this upload"))
    open_still = upload.state == UploadState.RECEIVING and upload.expires_at > now
    if not open_still and not (finished and upload.state == UploadState.KEPT):
        raise WrongState(_("This upload is over. Please choose the file again."))
    return upload


def _kept(upload: Upload, sha256: str, actor: Actor, now: datetime) -> File:
    part = queries.part(upload)
    try:
        with part.open("rb") as stream:
            return store_file(
                stream=stream, name=upload.name, allowed_types=(), limit=upload.size, expected=sha256,
                actor=actor, now=now,
            )  # fmt: skip
    except FileRefused:
        _drop(part)  # damaged: what has arrived is of no use
        raise


def _drop(part: Path) -> None:
    part.unlink(missing_ok=True)
