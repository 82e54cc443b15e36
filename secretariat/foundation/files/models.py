from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.models import Record


class File(Record):
    """A file that was handed in or made. Its content stands in the storage under its hash, once however often kept."""

    name = models.CharField(_("name"), max_length=200)
    media_type = models.CharField(_("media type"), max_length=150)
    size = models.BigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64, db_index=True)
    storage_key = models.CharField(max_length=100, editable=False)
    is_private = models.BooleanField(_("private"), default=True)
    uploaded_by = models.ForeignKey(
        "accounts.Account", models.PROTECT, null=True, related_name="+", verbose_name=_("handed in by")
    )

    personal_fields = ("name",)
    personal_subject = "uploaded_by"

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        constraints = [
            models.CheckConstraint(name="file_sha256_shape", condition=Q(sha256__regex="^[0-9a-f]{64}$")),
            models.CheckConstraint(name="file_not_empty", condition=Q(size__gt=0)),
            models.CheckConstraint(name="file_has_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name
