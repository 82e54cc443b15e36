from django.db import models
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.ids import uuid7


class KeptAnswer(models.Model):
    """What a request with a key was answered, for a day, so that sending it again repeats nothing. No history."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.UUIDField()  # the token or the account that asked
    key = models.CharField(max_length=100)
    request_digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.TextField(blank=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("kept answer")
        verbose_name_plural = _("kept answers")
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="kept_answer_once")]
