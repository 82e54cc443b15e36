"""The sealer: writes what waits into the sealed log and signs its new head. Runs as the role ``sealer``."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connections, transaction

from secretariat.engines.sealed.canonical import canonical
from secretariat.engines.sealed.heads import Head, sign_head
from secretariat.engines.sealed.merkle import Frontier, leaf_hash
from secretariat.engines.sealed.notes import SigningKey, generate_pem
from secretariat.foundation.audit import models
from secretariat.foundation.audit.queries import hash_lookup, log_size, origin

LOCK = 0x5EA1  # one sealer at a time; an advisory lock of the database
BATCH = 5000


def seal(*, now: datetime) -> models.LogHead | None:
    """Seal everything that waits, oldest first, and sign one new head. Returns None when nothing waited.

    Rows of transactions that still run are not seen and wait for the next time; none is skipped.
    """
    with _as_sealer() as using, transaction.atomic(using=using):
        with connections[using].cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        size = log_size(using)
        frontier = Frontier.load(size, hash_lookup(using))
        while waiting := list(models.Unsealed.objects.using(using).order_by("pk")[:BATCH]):
            _append(frontier, waiting, using)
            models.Unsealed.objects.using(using).filter(pk__in=[row.pk for row in waiting]).delete()
        if frontier.size == size:
            return None
        root = frontier.root()
        note = sign_head(Head(origin(), frontier.size, root, now), signing_key())
        return models.LogHead.objects.using(using).create(size=frontier.size, root=root, at=now, note=note)


def _append(frontier: Frontier, waiting: list[models.Unsealed], using: str) -> None:
    content = leaf_contents([(row.kind, row.source_id) for row in waiting], using)
    entries, nodes = [], []
    for row in waiting:
        hashed = leaf_hash(canonical(content[row.kind, row.source_id]))
        entries.append(
            models.LogEntry(index=frontier.size, kind=row.kind, source_id=row.source_id, leaf_hash=hashed)
        )
        nodes += [
            models.LogNode(level=n.level, index=n.position, hash=n.hash) for n in frontier.append(hashed)
        ]
    models.LogEntry.objects.using(using).bulk_create(entries, batch_size=1000)
    models.LogNode.objects.using(using).bulk_create(nodes, batch_size=1000)


def leaf_contents(sources: Iterable[tuple[str, int]], using: str = "default") -> dict[tuple[str, int], Any]:
    """Return what stands behind leaves, as the value whose canonical JSON is hashed. Three statements at most."""
    ids: dict[str, list[int]] = {"act": [], "change": [], "pledge": []}
    for kind, source_id in sources:
        ids[kind].append(source_id)
    content: dict[tuple[str, int], Any] = {}
    changes: dict[int, list[Any]] = {}
    if ids["act"]:
        for change in models.Change.objects.using(using).filter(act_id__in=ids["act"]).order_by("pk"):
            changes.setdefault(change.act_id, []).append(_change(change))
        for act in models.Act.objects.using(using).filter(pk__in=ids["act"]):
            content["act", act.pk] = {**_act(act), "changes": changes.get(act.pk, [])}
    if ids["change"]:
        for change in models.Change.objects.using(using).filter(pk__in=ids["change"]):
            content["change", change.pk] = _change(change)
    if ids["pledge"]:
        for pledge in models.Pledge.objects.using(using).filter(pk__in=ids["pledge"]):
            content["pledge", pledge.pk] = pledge_content(pledge)
    return content


def pledge_content(pledge: models.Pledge) -> dict[str, Any]:
    """Return a pledge as it is hashed; this is what a bundle carries and a stranger recomputes."""
    return pledge.payload


def _act(act: models.Act) -> dict[str, Any]:
    return {
        "kind": "act",
        "act": act.pk,
        "at": act.at.isoformat(),
        "recorded_at": act.recorded_at.isoformat(),
        "transaction": str(act.transaction),
        "verb": act.verb,
        "account": _text(act.account_id),
        "acting_for": _text(act.acting_for_id),
        "door": act.door,
        "subject": [act.subject_kind, _text(act.subject_id)],
        "detail": act.detail,
    }


def _change(change: models.Change) -> dict[str, Any]:
    return {
        "kind": "change",
        "change": change.pk,
        "at": change.at.isoformat(),
        "transaction": str(change.transaction),
        "user": change.database_user,
        "table": change.table,
        "row": change.row,
        "operation": change.operation,
        "before": change.before,
        "after": change.after,
    }


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def signing_key() -> SigningKey:
    """Return the log's key; made at first use where only this machine's user reads it."""
    path = settings.LOG_KEY
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_bytes(generate_pem())
    key = SigningKey.from_pem(origin(), path.read_bytes())
    public = path.with_suffix(".pub")
    if not public.exists():
        public.write_text(f"{key.verifier}\n")
    return key


@contextmanager
def _as_sealer() -> Iterator[str]:
    """Give the alias of a connection with the sealer's role; the tests have one connection and change its role."""
    if "sealer" in connections:
        yield "sealer"
        return
    with connections["default"].cursor() as cursor:
        cursor.execute("SET ROLE sealer")
        try:
            yield "default"
        finally:
            cursor.execute("SET ROLE app")
