from datetime import datetime
from typing import BinaryIO

from django.core.files.base import File as Content
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from secretariat.doors.operations.models import Backup, Verification
from secretariat.foundation.accounts.actor import Actor, Capacity, require
from secretariat.foundation.audit import actions as audit

# Whoever may run commands on this machine runs the system.
OPERATOR = Actor(door="command", capacities=(Capacity("system.run", "installation"),))


def record_backup(
    *, name: str, size: int, sha256: str, made_at: datetime, log_size: int, files: int, has_keys: bool,
    actor: Actor, now: datetime,
) -> Backup:  # fmt: skip
    """Keep that a backup was made, or found; the same file is one backup."""
    require(actor.has("system.run"), _("keep a record of backups"))
    if known := Backup.objects.filter(sha256=sha256).first():
        return known
    with audit.act("backup_made", actor=actor, now=now) as act:
        backup = Backup.objects.create(
            name=name,
            size=size,
            sha256=sha256,
            made_at=made_at,
            log_size=log_size,
            files=files,
            has_keys=has_keys,
        )
        act.on(backup, sha256=sha256)
    return backup


def record_verification(*, backup: Backup, finding: str, actor: Actor, now: datetime) -> Verification:
    """Keep that a backup was read again, with what was wrong with it."""
    require(actor.has("system.run"), _("keep a record of backups"))
    with audit.act("backup_verified", actor=actor, now=now, subject=backup, whole=not finding):
        return Verification.objects.create(backup=backup, at=now, finding=finding)


def record_restoring(*, backup: Backup, actor: Actor, now: datetime) -> None:
    """Keep that this installation came back from a backup: what happened after it was made is not in here."""
    require(actor.has("system.run"), _("restore a backup"))
    with audit.act("backup_restored", actor=actor, now=now, subject=backup, made_at=backup.made_at):
        pass


def put_back(*, key: str, size: int, content: BinaryIO) -> bool:
    """Put a file's content back under its key unless it stands there whole; return whether it was put."""
    if default_storage.exists(key):
        if default_storage.size(key) == size:
            return False
        default_storage.delete(key)
    default_storage.save(key, Content(content))
    return True
