from datetime import datetime

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model

from secretariat.foundation.audit import actions as audit
from secretariat.foundation.languages.logic import text_digest
from secretariat.foundation.languages.models import TranslationMark
from secretariat.foundation.languages.states import TranslationOrigin


def mark_translated(
    *, row: Model, field: str, language: str, source_language: str = "en",
    origin: TranslationOrigin = TranslationOrigin.HUMAN, actor: audit.ActingParty, now: datetime,
) -> TranslationMark:  # fmt: skip
    """Note that ``field`` of ``row`` in ``language`` was translated from its present text in ``source_language``.

    Called by the action that writes the translation, after its own rule, inside its transaction.

    Raises:
        ValueError: the row has no such pair of columns.
    """
    for ending in (language, source_language):
        try:
            row._meta.get_field(f"{field}_{ending}")
        except FieldDoesNotExist as error:
            raise ValueError(f"{row._meta.label} has no field {field}_{ending} to mark.") from error
    with audit.act("translation_marked", actor=actor, now=now, subject=row, field=field, language=language):
        mark, _made = TranslationMark.objects.update_or_create(
            model=row._meta.label_lower, row_id=row.pk, field=field, language=language,
            defaults={
                "source_language": source_language,
                "source_digest": text_digest(getattr(row, f"{field}_{source_language}")),
                "origin": origin,
                "translated_at": now,
            },
        )  # fmt: skip
    return mark
