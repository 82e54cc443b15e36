import hashlib
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from django.core.files.base import File as Content
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.audit import actions as audit
from secretariat.foundation.files.logic import CHUNK, clean_name, readable_size, sniff, storage_key
from secretariat.foundation.files.models import File


class FileRefused(ValueError):
    """The file cannot be kept; the message names the file and says why in the reader's language."""


def store_file(
    *, stream: BinaryIO, name: str, allowed_types: Collection[str], limit: int, actor: Actor, now: datetime,
    is_private: bool = True, expected: str = "",
) -> File:  # fmt: skip
    """Keep what the stream holds: at most ``limit`` bytes, of one of the media types allowed (empty: any).

    The same content is stored once; each time it is handed in it has a row of its own. ``expected`` is the SHA-256
    its sender counted, if any.

    Raises:
        FileRefused: empty, larger than the limit, of another kind, damaged on its way, or without a name. Nothing
            stays behind.
    """
    name = clean_name(name)
    if not name:
        raise FileRefused(_("The file has no name."))
    with _received(stream, name, limit) as (received, size, sha256):
        if expected and expected.lower() != sha256:
            raise FileRefused(_("“%(name)s” was damaged on its way. Please send it again.") % {"name": name})
        media_type = sniff(received, name)
        if allowed_types and media_type not in allowed_types:
            allowed = ", ".join(sorted(allowed_types))
            raise FileRefused(
                _("“%(name)s” is a file of the type %(type)s; these are accepted: %(allowed)s.")
                % {"name": name, "type": media_type, "allowed": allowed}
            )
        with audit.act("file_stored", actor=actor, now=now, sha256=sha256, size=size) as act:
            file = File.objects.create(
                name=name, media_type=media_type, size=size, sha256=sha256, storage_key=storage_key(sha256),
                is_private=is_private, uploaded_by_id=actor.account_id,
            )  # fmt: skip
            _keep(received, file.storage_key, size)
            act.on(file)
    return file


@contextmanager
def _received(stream: BinaryIO, name: str, limit: int) -> Iterator[tuple[Any, int, str]]:
    """Give a temporary copy of the stream with its size and hash; reads no further than the limit."""
    digest, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=_incoming(), delete=False) as received:
        path = Path(received.name)
        try:
            while chunk := stream.read(CHUNK):
                size += len(chunk)
                if size > limit:
                    raise FileRefused(
                        _("“%(name)s” is larger than the %(limit)s allowed.")
                        % {"name": name, "limit": readable_size(limit)}
                    )
                digest.update(chunk)
                received.write(chunk)
            if not size:
                raise FileRefused(_("“%(name)s” is empty.") % {"name": name})
            received.flush()
            yield received, size, digest.hexdigest()
        finally:
            path.unlink(missing_ok=True)


def _incoming() -> Path | None:
    """The folder where a file arrives: on the storage's own disk when it has one, so that keeping it is a rename."""
    try:
        folder = Path(default_storage.path(".incoming"))
    except NotImplementedError:
        return None
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


class _Arrived(Content):
    """A received file that the local storage takes by moving it, and every other by reading it."""

    def temporary_file_path(self) -> str:
        return self.name


def _keep(received: Any, key: str, size: int) -> None:
    """Put the content under its key unless it stands there whole; a torn rest of a crash is replaced."""
    if default_storage.exists(key):
        if default_storage.size(key) == size:
            return
        default_storage.delete(key)
    received.seek(0)
    kept = default_storage.save(key, _Arrived(received.file, name=received.name))
    if kept != key:  # somebody else was quicker with the same content
        default_storage.delete(kept)
