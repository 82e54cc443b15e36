from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class UploadState(TextChoices):
    RECEIVING = "receiving", _("receiving")
    KEPT = "kept", _("kept")
    EXPIRED = "expired", _("expired")


UPLOAD_TRANSITIONS = {"receiving": ("kept", "expired"), "kept": (), "expired": ()}
