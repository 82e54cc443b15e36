"""What the product keeps: the sealed log against its heads, and files against their hashes."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from secretariat.doors.operations.checks.finding import Finding, Look, failure, ok
from secretariat.engines.sealed import merkle
from secretariat.engines.sealed.canonical import canonical
from secretariat.engines.sealed.heads import HeadError, verify_head
from secretariat.engines.sealed.notes import NoteError, VerifierKey
from secretariat.foundation.audit.models import Act, LogEntry, LogHead, LogNode, Unsealed
from secretariat.foundation.audit.queries import hash_lookup, log_size
from secretariat.foundation.audit.sealer import leaf_contents
from secretariat.foundation.files.models import File

SAMPLE = 200  # leaves and files that are looked at when not all are
HEADS = 20
BATCH = 1000
LATE = timedelta(minutes=2)
CHUNK = 1 << 20


def check_log(look: Look) -> Iterator[Finding]:
    """Whether the newest heads are signed by us and are the roots of what stands in the log."""
    size, heads = log_size(), list(LogHead.objects.order_by("-size")[: None if look.everything else HEADS])
    yield from _check_waiting(look)
    if not heads:
        yield ok(_("the log is empty")) if not size else failure(_("the log has entries and no head"))
        return
    wrong = [head.size for head in heads if not _head_is_good(head)]
    if wrong or heads[0].size != size:
        yield failure(
            _("the heads do not agree with the log, first at %(size)d") % {"size": min(wrong, default=size)}
        )
        return
    changed = _changed_leaves(look.everything)
    looked = size if look.everything else min(size, SAMPLE)
    if changed:
        yield failure(
            _("what stands behind entry %(index)d is not what was sealed") % {"index": min(changed)}
        )
    else:
        told = {"size": size, "heads": len(heads), "looked": looked}
        yield ok(_("entries: %(size)d, heads: %(heads)d, entries read again: %(looked)d") % told)


def _check_waiting(look: Look) -> Iterator[Finding]:
    oldest = Unsealed.objects.filter(kind="act").order_by("pk").values_list("source_id", flat=True).first()
    if oldest and Act.objects.filter(pk=oldest, recorded_at__lt=look.now - LATE).exists():
        count = Unsealed.objects.count()
        yield failure(
            ngettext("%(count)d entry waits for the sealer", "%(count)d entries wait for the sealer", count)
            % {"count": count}
        )


def _head_is_good(head: LogHead) -> bool:
    """Whether the head is signed with our key and says the root of the first ``size`` entries."""
    try:
        key = VerifierKey.parse(settings.LOG_KEY.with_suffix(".pub").read_text())
        signed = verify_head(head.note, key)
        root = merkle.root(head.size, hash_lookup())
    except (HeadError, NoteError, OSError, LogNode.DoesNotExist):
        return False
    return signed.size == head.size and signed.root == bytes(head.root) == root


def _changed_leaves(everything: bool) -> list[int]:
    """Return the entries whose content has another hash today."""
    entries = LogEntry.objects.order_by("index" if everything else "?")
    found = []
    rows = (entries if everything else entries[:SAMPLE]).iterator()
    while batch := list(islice(rows, BATCH)):
        content = leaf_contents([(entry.kind, entry.source_id) for entry in batch])
        for entry in batch:
            value = content.get((entry.kind, entry.source_id))
            if value is None or merkle.leaf_hash(canonical(value)) != bytes(entry.leaf_hash):
                found.append(entry.index)
    return found


def check_files(look: Look) -> Iterator[Finding]:
    """Whether every file is there and is what was handed in."""
    kept = File.objects.filter(erased_at=None).order_by("storage_key").distinct("storage_key")
    kept = kept.values_list("storage_key", "sha256")
    count = kept.count()
    chosen = kept if look.everything else _sample()
    missing, changed, looked = [], [], 0
    for key, sha256 in chosen:
        looked += 1
        if not default_storage.exists(key):
            missing.append(key)
        elif _hash(key) != sha256:
            changed.append(key)
    if missing:
        yield failure(_("files are missing: %(which)s") % {"which": ", ".join(missing[:3])})
    if changed:
        yield failure(_("files are not what was handed in: %(which)s") % {"which": ", ".join(changed[:3])})
    if not missing and not changed:
        yield ok(_("files: %(count)d, read again: %(looked)d") % {"count": count, "looked": looked})


def _sample() -> Iterator[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT storage_key, sha256 FROM (SELECT DISTINCT storage_key, sha256 FROM files_file "
            "WHERE erased_at IS NULL) AS kept ORDER BY random() LIMIT %s", [SAMPLE],
        )  # fmt: skip
        yield from cursor.fetchall()


def _hash(key: str) -> str:
    digest = hashlib.sha256()
    with default_storage.open(key, "rb") as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
