from django.db import models
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.models import Record


class Notice(Record):
    """What an account is told, in its inbox exactly once. ``kind`` names the sentence, ``data`` fills it."""

    account = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=60)
    subject_id = models.UUIDField()
    data = models.JSONField(default=dict)
    told_at = models.DateTimeField(_("told at"))

    append_only = True

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [
            models.UniqueConstraint(fields=["account", "kind", "subject_id"], name="notice_told_once"),
        ]
        indexes = [models.Index(fields=["account", "-told_at"], name="notice_inbox")]
