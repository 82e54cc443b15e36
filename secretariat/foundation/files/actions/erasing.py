"""The content of files whose time has come, or whose person is forgotten."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import transaction

from secretariat.foundation.files.models import File


def erase_contents(*, files: Collection[UUID], now: datetime) -> int:
    """Erase what these files say, once the transaction ends well. Returns how many there were.

    Size and hash stay. Content that somebody else handed in too stays for her.
    """
    rows = File.objects.filter(pk__in=files, erased_at=None)
    keys = set(rows.values_list("storage_key", flat=True))
    erased = rows.update(name="erased", erased_at=now)
    kept = set(
        File.objects.filter(storage_key__in=keys, erased_at=None).values_list("storage_key", flat=True)
    )
    for key in keys - kept:
        transaction.on_commit(lambda key=key: default_storage.delete(key))
    return erased
