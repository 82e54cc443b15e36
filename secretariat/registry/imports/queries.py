from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO
from uuid import UUID

from django.core.files.storage import default_storage
from django.db.models import QuerySet

from secretariat.foundation.accounts.actor import Actor
from secretariat.registry.imports.importers import Importer, importer_of
from secretariat.registry.imports.models import Import, Progress, Row
from secretariat.registry.imports.reading import Shape, head_of, rows_of
from secretariat.registry.imports.rules import reads_imports


def visible_imports(actor: Actor) -> QuerySet[Import]:
    """Return what the desk lists, with file and number; nothing for anybody else."""
    rows = Import.objects.select_related("ref", "file")
    return rows if reads_imports(actor) else rows.none()


def get_import_for(actor: Actor, number: str) -> Import | None:
    """Return the import with this number if the actor may see it."""
    return visible_imports(actor).filter(ref__number=number).first()


def rows_in(found: Import) -> QuerySet[Row]:
    """Return the report of an import, row by row."""
    return Row.objects.filter(of=found)


def progress_of(key: UUID) -> tuple[int, int]:
    """Return how many rows are done, and of how many; (0, 0) where nothing runs."""
    found = Progress.objects.filter(pk=key).first()
    return (found.done, found.total) if found else (0, 0)


def shape_in(found: Import) -> Shape:
    """Return how the file of an import is to be read."""
    return Shape(found.encoding, found.delimiter)


def known_importer(found: Import) -> Importer:
    """Return what brings the rows of an import in. LookupError where no app does so any more."""
    if importer := importer_of(found.importer):
        return importer
    raise LookupError(f"Nothing brings in '{found.importer}' any more.")


@contextmanager
def content_of(found: Import) -> Iterator[BinaryIO]:
    """Open the file of an import, from its beginning."""
    with default_storage.open(found.file.storage_key, "rb") as stream:
        yield stream


def first_rows(found: Import) -> list[list[str]]:
    """Return the heads and the first rows of the file. ValueError where it cannot be read so."""
    with content_of(found) as stream:
        return head_of(stream, shape_in(found))


def number_of_rows(found: Import) -> int:
    """Return how many rows there are below the heads."""
    with content_of(found) as stream:
        return max(0, sum(1 for _row in rows_of(stream, shape_in(found))) - 1)
