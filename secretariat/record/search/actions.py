import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Max

from secretariat.foundation.audit.models import Change
from secretariat.record.search.logic import indexed
from secretariat.record.search.models import SearchMark, SearchRow
from secretariat.record.search.sources import Entry, Source, registered_sources
from secretariat.registry.organisations.logic import fold

BATCH = 500
KEPT = 6_000  # letters of a text that can be found
# A change is seen when its transaction ends, later than it was written: look back by so much.
LATE = timedelta(minutes=3)
LATE_CHANGES = 20_000
FIELDS = (
    "title_en", "title_zh", "about_en", "about_zh", "text", "public_path", "my_path", "desk_path", "is_public",
    "rights", "people", "organisations", "folded", "title_words", "text_words", "digest",
)  # fmt: skip

Progress = Callable[[str, int], None]


def reindex(
    *, now: datetime, kinds: Collection[str] | None = None, progress: Progress | None = None
) -> dict[str, int]:
    """Make the index, or these kinds of it, as it should be today. Returns how many rows each kind has.

    Only what differs is written; what is gone, or of a kind nobody registers, is removed.
    """
    sources = registered_sources()
    if kinds is None:
        SearchRow.objects.exclude(kind__in=sources).delete()
    counts = {}
    for source in sources.values():
        if kinds is None or source.kind in kinds:
            counts[source.kind] = _index(source, now)
            if progress:
                progress(source.kind, counts[source.kind])
    return counts


def refresh(*, now: datetime) -> dict[str, int]:
    """Bring up to date what changes since the last time concern. Returns how many rows those kinds have."""
    last = Change.objects.aggregate(last=Max("pk"))["last"] or 0
    mark = SearchMark.objects.first()
    if mark is None:
        counts = reindex(now=now)
    else:
        changed = Change.objects.filter(pk__gt=mark.change_id - LATE_CHANGES, at__gt=mark.at - LATE)
        labels = {table_apps().get(table) for table in changed.values_list("table", flat=True).distinct()}
        touched = [s.kind for s in registered_sources().values() if s.watches & labels]
        counts = reindex(now=now, kinds=touched) if touched else {}
    SearchMark.objects.update_or_create(only=True, defaults={"change_id": last, "at": now})
    return counts


def table_apps() -> dict[str, str]:
    """Return for each table the label of its app."""
    return {model._meta.db_table: model._meta.app_label for model in apps.get_models()}


@transaction.atomic
def _index(source: Source, now: datetime) -> int:
    known = dict(SearchRow.objects.filter(kind=source.kind).values_list("key", "digest"))
    seen: set[str] = set()
    rows = (_row(source.kind, entry) for entry in _once(source.entries(now.date()), seen))
    changed = (row for row in rows if known.get(row.key) != row.digest)
    while batch := list(islice(changed, BATCH)):
        SearchRow.objects.bulk_create(
            batch, update_conflicts=True, unique_fields=["kind", "key"], update_fields=FIELDS
        )
    SearchRow.objects.filter(kind=source.kind, key__in=known.keys() - seen).delete()
    return len(seen)


def _once(entries: Iterable[Entry], seen: set[str]) -> Iterator[Entry]:
    for entry in entries:
        if entry.key not in seen:
            seen.add(entry.key)
            yield entry


def _row(kind: str, entry: Entry) -> SearchRow:
    title_en, title_zh = entry.title_en or entry.title_zh, entry.title_zh or entry.title_en
    titles = " ".join(dict.fromkeys([title_en, title_zh, entry.words]))
    text = entry.text[:KEPT]
    values: dict[str, Any] = {
        "title_en": title_en[:400], "title_zh": title_zh[:400],
        "about_en": entry.about_en[:400], "about_zh": entry.about_zh[:400], "text": text,
        "public_path": entry.public_path, "my_path": entry.my_path, "desk_path": entry.desk_path,
        "is_public": entry.is_public, "rights": sorted(entry.rights), "people": sorted(entry.people),
        "organisations": sorted(entry.organisations), "folded": fold(titles), "title_words": indexed(titles),
        "text_words": indexed(" ".join([entry.about_en, entry.about_zh, text])),
    }  # fmt: skip
    said = json.dumps(values, default=str, sort_keys=True)
    return SearchRow(kind=kind, key=entry.key, digest=hashlib.sha256(said.encode()).hexdigest(), **values)
