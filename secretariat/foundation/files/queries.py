"""Who may read a file, and its content. Apps that own files name further readers; nobody else knows whose they are."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, WrongState, require
from secretariat.foundation.files import rules
from secretariat.foundation.files.models import File, Upload
from secretariat.foundation.files.states import UploadState

# (actor, files) -> those of the files that the actor may read, in one statement however many are asked about.
Reader = Callable[[Actor, Collection[UUID]], Iterable[UUID]]
_READERS: dict[str, Reader] = {}


def register_reader(name: str, reader: Reader) -> None:
    """Add who knows further readers of files; called once, in the ``ready`` of the app that owns such files."""
    if name in _READERS:
        raise ValueError(f"The readers of files '{name}' are registered twice.")
    _READERS[name] = reader


def readable_files(actor: Actor, files: Collection[File]) -> list[File]:
    """Return those of the files that the actor may read, in the order given. Each provider is asked once at most."""
    open_to = {file.pk for file in files if rules.reads_by_default(actor, file)}
    for reader in _READERS.values():
        asked = {file.pk for file in files} - open_to
        if asked:
            open_to |= asked.intersection(reader(actor, asked))
    return [file for file in files if file.pk in open_to]


def open_file(actor: Actor, file: File) -> BinaryIO:
    """Return the file's content as a stream to read and to close.

    Raises:
        NotAllowed: the actor may not read it.
        WrongState: it was erased with the person whose it was.
        FileNotFoundError: the storage has lost it.
    """
    if file.erased_at is not None:
        raise WrongState(_("The content of this file was erased."))
    require(bool(readable_files(actor, [file])), _("read the file “%(name)s”") % {"name": file.name})
    return default_storage.open(file.storage_key, "rb")


def own_file(actor: Actor, pk: UUID) -> File | None:
    """Return a file that the actor handed in herself."""
    if actor.account_id is None:
        return None
    return File.objects.filter(pk=pk, uploaded_by=actor.account_id).first()


def running_uploads(actor: Actor, now: datetime) -> QuerySet[Upload]:
    """Return the actor's uploads that may go on."""
    return Upload.objects.filter(
        account=actor.account_id, state=UploadState.RECEIVING, expires_at__gt=now
    ).order_by("-pk")


def own_upload(actor: Actor, pk: UUID) -> Upload | None:
    """Return an upload that the actor began, in whatever state."""
    upload = Upload.objects.filter(pk=pk).first()
    return upload if upload and rules.may_continue(actor, upload) else None


def part(upload: Upload) -> Path:
    """Return where the pieces of an upload gather."""
    folder = Path(settings.VAR) / "uploads"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder / f"{upload.pk}.part"


def received(upload: Upload) -> int:
    """Return how many bytes have arrived: what stands on the disk, whatever was answered."""
    if upload.state == UploadState.KEPT:
        return upload.size
    gathered = part(upload)
    return gathered.stat().st_size if gathered.exists() else 0
