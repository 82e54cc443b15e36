from dataclasses import dataclass
from datetime import datetime, timedelta

from secretariat.doors.operations.models import Backup, Verification

BACKUP_AGE = timedelta(days=2)  # an older one is no comfort


@dataclass(frozen=True)
class BackupState:
    """The newest backup, and the newest one that was read again and found whole."""

    newest: Backup | None
    last_verified: Backup | None
    verified_at: datetime | None


def backup_state() -> BackupState:
    """Return how the backups stand: what the desk shows as the last verified backup. Two statements."""
    newest = Backup.objects.order_by("-made_at").first()
    good = (
        Verification.objects.filter(finding="")
        .select_related("backup")
        .order_by("-backup__made_at", "-at")
        .first()
    )
    return BackupState(newest, good.backup if good else None, good.at if good else None)


def backup_with_hash(sha256: str) -> Backup | None:
    """Return the backup that is this file; None for one that was made elsewhere."""
    return Backup.objects.filter(sha256=sha256).first()
