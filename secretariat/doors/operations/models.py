from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.models import Record


class Backup(Record):
    """A copy of the whole installation in one file, which stands wherever it was put."""

    made_at = models.DateTimeField(_("made at"))
    name = models.CharField(_("file"), max_length=255)
    size = models.BigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    log_size = models.BigIntegerField(_("entries of the log"))
    files = models.IntegerField(_("files"))
    has_keys = models.BooleanField(_("holds the keys"))

    append_only = True

    class Meta:
        verbose_name = _("backup")
        verbose_name_plural = _("backups")
        constraints = [
            models.UniqueConstraint(fields=["sha256"], name="backup_once"),
            models.CheckConstraint(name="backup_sha256_shape", condition=Q(sha256__regex="^[0-9a-f]{64}$")),
        ]

    def __str__(self) -> str:
        return self.name


class Verification(Record):
    """Somebody read a backup again, whole; ``finding`` says what was wrong, and is empty if nothing was."""

    backup = models.ForeignKey(Backup, models.PROTECT, related_name="verifications")
    at = models.DateTimeField(_("at"))
    finding = models.TextField(_("finding"), blank=True)

    append_only = True

    class Meta:
        verbose_name = _("verification of a backup")
        verbose_name_plural = _("verifications of backups")
        indexes = [models.Index(fields=["backup", "-at"], name="verification_of_backup")]
