from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import Max

from secretariat.engines.sealed import merkle
from secretariat.foundation.audit import models


def hash_lookup(using: str = "default") -> merkle.HashOf:
    """Return the look-up of stored subtree hashes that the Merkle functions ask for."""

    def hash_of(level: int, position: int) -> bytes:
        node = models.LogNode.objects.using(using).only("hash").get(level=level, index=position)
        return bytes(node.hash)

    return hash_of


def log_size(using: str = "default") -> int:
    """Return the number of leaves of the log."""
    last = models.LogEntry.objects.using(using).aggregate(last=Max("index"))["last"]
    return 0 if last is None else last + 1


def origin() -> str:
    """Return the name under which the log signs: the site's host and ``/log``."""
    return settings.SITE_URL.partition("://")[2].rstrip("/") + "/log"


def public_key_line() -> str:
    """Return the line that strangers check the log's heads with. The sealer writes it beside its key."""
    return settings.LOG_KEY.with_suffix(".pub").read_text()


def latest_head() -> models.LogHead | None:
    """Return the newest signed head; None before anything was sealed."""
    return models.LogHead.objects.order_by("-size").first()


@dataclass(frozen=True)
class SealedPledge:
    """A pledge with its place in the log."""

    pledge: models.Pledge
    index: int
    leaf_hash: bytes


def sealed_pledges(subjects: Collection[UUID]) -> list[SealedPledge]:
    """Return the pledges about these things that stand in the log, in the log's order. Two statements."""
    pledges = {pledge.pk: pledge for pledge in models.Pledge.objects.filter(subject_id__in=subjects)}
    entries = models.LogEntry.objects.filter(kind="pledge", source_id__in=pledges).order_by("index")
    return [SealedPledge(pledges[e.source_id], e.index, bytes(e.leaf_hash)) for e in entries]


def inclusion_proof(index: int, size: int) -> list[bytes]:
    """Return the proof that leaf ``index`` is in the log of ``size`` leaves (RFC 9162 section 2.1.3)."""
    return merkle.inclusion_proof(index, size, hash_lookup())


def consistency_proof(first: int, second: int) -> list[bytes]:
    """Return the proof that the log of ``second`` leaves only added to that of ``first`` (section 2.1.4)."""
    return merkle.consistency_proof(first, second, hash_lookup())


def acts_on(subjects: Collection[UUID], limit: int = 100) -> list[models.Act]:
    """Return what was done to these things, latest first: an object's timeline."""
    return list(models.Act.objects.filter(subject_id__in=subjects).order_by("-id")[:limit])
