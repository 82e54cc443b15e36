from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.models import Record
from secretariat.foundation.files.states import UPLOAD_TRANSITIONS, UploadState


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

    # When its content was erased with the person whose it was; size and hash stay, as a commitment.
    erased_at = models.DateTimeField(_("erased at"), null=True, editable=False)

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


class Upload(Record):
    """A file on its way in pieces. What has arrived stands in a part on the disk, whose size says how far it is."""

    account = models.ForeignKey(
        "accounts.Account", models.PROTECT, related_name="+", verbose_name=_("handed in by")
    )
    name = models.CharField(_("name"), max_length=200)
    size = models.BigIntegerField(_("size in bytes"))
    # The browser's time of the file: with name and size it tells that the same file comes again.
    modified = models.BigIntegerField(default=0)
    state = models.CharField(_("state"), max_length=10, choices=UploadState, default=UploadState.RECEIVING)
    expires_at = models.DateTimeField(_("expires at"))
    file = models.ForeignKey(File, models.PROTECT, null=True, related_name="+", verbose_name=_("file"))

    personal_fields = ("name",)
    personal_subject = "account"
    transitions = {"state": UPLOAD_TRANSITIONS}

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        constraints = [
            models.CheckConstraint(name="upload_not_empty", condition=Q(size__gt=0)),
            models.CheckConstraint(name="upload_has_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="upload_kept_has_file", condition=Q(state="kept", file__isnull=False) | ~Q(state="kept")
            ),
        ]
        indexes = [
            models.Index(fields=["account", "state"], name="upload_of_account"),
            models.Index(fields=["expires_at"], condition=Q(state="receiving"), name="upload_receiving"),
        ]

    def __str__(self) -> str:
        return self.name
