from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.apps import apps

from secretariat.foundation.languages.logic import text_digest
from secretariat.foundation.languages.models import TranslationMark


@dataclass(frozen=True, order=True)
class StaleTranslation:
    """A translated field whose source has changed since: ``field`` of ``row_id`` in ``language``."""

    row_id: UUID
    field: str
    language: str
    source_language: str


def stale_translations(model: str, ids: Collection[UUID]) -> list[StaleTranslation]:
    """Return which marked translations of these rows are older than their source, in order. Two statements.

    ``model`` is a label such as ``topics.topic``.
    """
    marks = list(TranslationMark.objects.filter(model=model.lower(), row_id__in=ids))
    columns = {f"{mark.field}_{mark.source_language}" for mark in marks}
    if not marks:
        return []
    rows = apps.get_model(model).objects.filter(pk__in={mark.row_id for mark in marks}).values("pk", *columns)
    texts = {row["pk"]: row for row in rows}
    return sorted(
        StaleTranslation(mark.row_id, mark.field, mark.language, mark.source_language)
        for mark in marks
        if mark.row_id in texts
        and text_digest(texts[mark.row_id][f"{mark.field}_{mark.source_language}"]) != mark.source_digest
    )
