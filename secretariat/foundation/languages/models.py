from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.models import Record
from secretariat.foundation.languages.states import TranslationOrigin


class TranslationMark(Record):
    """From which source text a translated field was made. The text itself stands in the row: ``name_en``, ``name_zh``.

    ``model`` is a label (``topics.topic``), ``field`` the common part of the columns (``name``); the languages are
    their endings.
    """

    model = models.CharField(max_length=60)
    row_id = models.UUIDField()
    field = models.CharField(max_length=60)
    language = models.CharField(_("language"), max_length=10)
    source_language = models.CharField(_("source language"), max_length=10)
    source_digest = models.CharField(max_length=64)
    origin = models.CharField(_("translated"), max_length=10, choices=TranslationOrigin)
    translated_at = models.DateTimeField(_("translated at"))

    class Meta:
        verbose_name = _("translation mark")
        verbose_name_plural = _("translation marks")
        constraints = [
            models.UniqueConstraint(
                fields=["model", "row_id", "field", "language"], name="translation_mark_once"
            ),
            models.CheckConstraint(
                name="translation_mark_of_two", condition=~Q(language=F("source_language"))
            ),
            models.CheckConstraint(
                name="translation_mark_origin_known", condition=Q(origin__in=TranslationOrigin.values)
            ),
        ]
