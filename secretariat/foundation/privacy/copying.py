"""The copy a person is handed: a ZIP with one readable file for each kind of rows, and her files."""

import json
import shutil
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any, BinaryIO
from uuid import UUID

from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Field, ForeignKey, Model
from django.utils.translation import gettext as _

from secretariat.foundation.audit.holdings import ENDINGS, Holding, Subject
from secretariat.foundation.files.models import File
from secretariat.foundation.privacy.declarations import holdings, model_of
from secretariat.foundation.privacy.queries import rows_of

APPLY = "privacy.apply_retention"  # the job that erases what has run out
MAKE = "privacy.make_export"  # the job that makes a copy
Progress = Callable[[int, int], None]


def write_copy(stream: BinaryIO, subject: Subject, now: datetime, progress: Progress) -> None:
    """Write everything kept of a person, in the active language."""
    every, files = holdings(), set()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", _about(now))
        for at, holding in enumerate(every, 1):
            rows = list(rows_of(holding, subject).select_related(*_related(holding)).order_by("pk"))
            if rows:
                told = json.dumps(_told(holding, rows), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
                archive.writestr(f"{holding.model.lower()}.json", told + "\n")
                files |= {getattr(row, _column(column)) for row in rows for column in holding.files} - {None}
            progress(at, len(every) + 1)
        for file in File.objects.filter(pk__in=files, erased_at=None).order_by("pk"):
            _add(archive, file)
        progress(len(every) + 1, len(every) + 1)


def _about(now: datetime) -> str:
    lines = [
        _("A copy of what is kept of you, made on %(day)s.") % {"day": now.date().isoformat()},
        _(
            "Each file holds one kind of rows: what it is for, on what ground, for how long, what its fields mean."
        ),
        _(
            "The folder “files” holds what you handed in. What is secret, such as a password, is named and not shown."
        ),
    ]
    return "\n".join(lines) + "\n"


def _told(holding: Holding, rows: list[Model]) -> dict[str, Any]:
    model = model_of(holding)
    fields = [model._meta.get_field(name) for name in (*holding.fields, *holding.shown)]
    return {
        "kind": str(model._meta.verbose_name),
        "purpose": str(holding.purpose),
        "ground": str(holding.ground),
        "kept": str(holding.kept),
        "when_erased": str(ENDINGS[holding.at_end]),
        "why_it_stays": str(holding.why_kept),
        "fields": {field.name: str(field.verbose_name) for field in fields},
        "rows": [
            {"id": row.pk} | {field.name: _value(holding, row, field) for field in fields} for row in rows
        ],
    }


def _value(holding: Holding, row: Model, field: Field) -> Any:
    value = getattr(row, field.attname)
    if field.name in holding.secret:
        return _("a secret, not shown") if value else ""
    if isinstance(field, ForeignKey):
        return None if value is None else {"id": value, "name": str(getattr(row, field.name))}
    if isinstance(value, (bytes, memoryview)):
        return bytes(value).hex()
    if field.choices and value in dict(field.flatchoices):
        return {"value": value, "meaning": str(dict(field.flatchoices)[value])}
    return value


def _related(holding: Holding) -> list[str]:
    """The tables that names of what rows point to are read from, so that each is read once."""
    model = model_of(holding)
    fields = (model._meta.get_field(name) for name in (*holding.fields, *holding.shown))
    return [field.name for field in fields if isinstance(field, ForeignKey)]


def _column(name: str) -> str:
    return name if name == "pk" else f"{name}_id"


def _add(archive: zipfile.ZipFile, file: File) -> None:
    """Put a file in under its name; its number keeps two of one name apart."""
    if not default_storage.exists(file.storage_key):
        return
    name = PurePosixPath(file.name).name
    with (
        default_storage.open(file.storage_key, "rb") as source,
        archive.open(f"files/{_short(file.pk)}-{name}", "w") as target,
    ):
        shutil.copyfileobj(source, target)


def _short(pk: UUID) -> str:
    return pk.hex[-8:]
