import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import cache
from itertools import islice
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Max, QuerySet

from secretariat.foundation.audit.models import Change
from secretariat.record.search.logic import indexed
from secretariat.record.search.models import SearchMark, SearchRow
from secretariat.record.search.sources import Entry, Only, Source, registered_sources
from secretariat.registry.organisations.logic import fold

BATCH = 500
KEPT = 6_000  # letters of a text that can be found
MANY = 5_000  # changed rows from which a kind is made anew as a whole
LOCK = 7_305_411_942  # whoever writes the index; any number that nobody else locks by
# A change is seen when its transaction ends, later than it was written: look back by so much.
LATE = timedelta(minutes=3)
LATE_CHANGES = 20_000
FIELDS = (
    "title_en", "title_zh", "about_en", "about_zh", "text", "edition", "place", "topic", "year", "public_path",
    "my_path", "desk_path", "is_public", "rights", "folded", "title_words", "text_words", "digest",
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
            counts[source.kind] = _index(source, now, None)
            if progress:
                progress(source.kind, counts[source.kind])
    return counts


def refresh(*, now: datetime) -> dict[str, int]:
    """Bring up to date what changes since the last time concern. Returns how many rows were looked at, by kind."""
    last = Change.objects.aggregate(last=Max("pk"))["last"] or 0
    mark = SearchMark.objects.first()
    if mark is None:
        counts = reindex(now=now)
    else:
        counts = _follow(
            Change.objects.filter(pk__gt=mark.change_id - LATE_CHANGES, at__gt=mark.at - LATE), now
        )
    SearchMark.objects.update_or_create(only=True, defaults={"change_id": last, "at": now})
    return counts


def follow(*, act: int, now: datetime) -> dict[str, int]:
    """Bring up to date what one act concerns. Returns how many rows were looked at, by kind."""
    return _follow(Change.objects.filter(act_id=act), now)


def _follow(changes: QuerySet[Change], now: datetime) -> dict[str, int]:
    changed: dict[str, set[str]] = {}
    for table, row in changes.values_list("table", "row").distinct():
        changed.setdefault(labels_by_table().get(table, ""), set()).add(row)
    counts = {}
    for source in registered_sources().values():
        if concerned := {label: changed[label] for label in source.watches.keys() & changed.keys()}:
            counts[source.kind] = _index(source, now, _keys(source, concerned))
    return counts


def _keys(source: Source, changed: Mapping[str, set[str]]) -> Only:
    """Which things of a source changed rows concern; None: perhaps all."""
    ways = {label: source.watches[label] for label in changed}
    if source.model is None or None in ways.values() or sum(map(len, changed.values())) > MANY:
        return None
    found: set[UUID] = set()
    for label, rows in changed.items():
        way = ways[label]
        if callable(way):
            found.update(way(rows))
        elif way == "pk":
            found.update(map(UUID, rows))
        else:
            beside = source.model._default_manager.filter(**{f"{way}__in": rows})
            found.update(beside.values_list("pk", flat=True))
    return found


@cache
def labels_by_table() -> dict[str, str]:
    """Return for each table the label of its model."""
    return {model._meta.db_table: model._meta.label_lower for model in apps.get_models()}


@transaction.atomic
def _index(source: Source, now: datetime, only: Only) -> int:
    with connection.cursor() as cursor:
        # Who reads a thing later writes it later: an older state of it never comes after a newer one.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    rows_there = SearchRow.objects.filter(kind=source.kind)
    known = dict(
        (rows_there if only is None else rows_there.filter(key__in=only)).values_list("key", "digest")
    )
    seen: set[UUID] = set()
    rows = (_row(source.kind, entry) for entry in _once(source.entries(now.date(), only), seen))
    changed = (row for row in rows if known.get(row.key) != row.digest)
    while batch := list(islice(changed, BATCH)):
        SearchRow.objects.bulk_create(
            batch, update_conflicts=True, unique_fields=["kind", "key"], update_fields=FIELDS
        )
    if gone := known.keys() - seen:
        rows_there.filter(key__in=gone).delete()
    return len(seen)


def _once(entries: Iterable[Entry], seen: set[UUID]) -> Iterator[Entry]:
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
        "edition": entry.edition, "place": entry.place, "topic": entry.topic, "year": entry.year,
        "public_path": entry.public_path, "my_path": entry.my_path, "desk_path": entry.desk_path,
        "is_public": entry.is_public, "rights": sorted(entry.rights), "folded": fold(titles),
        "title_words": indexed(titles),
        "text_words": indexed(" ".join([entry.about_en, entry.about_zh, text])),
    }  # fmt: skip
    said = json.dumps(values, default=str, sort_keys=True)
    return SearchRow(kind=kind, key=entry.key, digest=hashlib.sha256(said.encode()).hexdigest(), **values)
