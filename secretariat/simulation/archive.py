"""The profile's past editions as sparse records of the registry, each figure with its sources."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from secretariat.foundation.accounts.actor import Actor
from secretariat.registry.editions.actions import (
    announce_edition,
    archive_edition,
    record_fact,
    register_series,
)
from secretariat.registry.editions.models import Edition, Series
from secretariat.simulation.profile.kinds import Archive, Fact, PastEdition, PublishedList, Result, Source

SUMMIT = "summit"
KINDS = {"achievements": "release", "cases": "release", "competition": "competition", "expo": "expo"}


def record_archive(archive: Archive, *, actor: Actor, now: datetime) -> dict[str, Series]:
    """Record every series and past edition of the profile; what nobody recorded is there as not recorded."""
    series = {
        key: register_series(
            key=key, kind=KINDS.get(key, "summit"), name_en=row.name.en, name_zh=row.name.zh,
            first_year=row.since.value if row.since.is_recorded else None,
            figures={figure: {"en": name.en, "zh": name.zh} for figure, name in row.figure_names.items()},
            actor=actor, now=now,
        )
        for key, row in archive.series.items()
    }  # fmt: skip
    for past in archive.editions:
        edition = announce_edition(
            series=series[past.series], year=past.year, title_en=f"{series[past.series].name_en} {past.year}",
            title_zh=f"{past.year}年{series[past.series].name_zh}", starts_on=past.starts_on,
            ends_on=past.ends_on, actor=actor, now=now,
        )  # fmt: skip
        _record_edition(edition, past, actor, now)
        archive_edition(edition=edition, actor=actor, now=now)
    for count in archive.counts:
        for key, fact in (("members", count.members), ("countries", count.countries)):
            _record(None, f"membership.{count.month}.{key}", fact, actor, now)
    for note in archive.notes:
        value = {"en": note.text.en, "zh": note.text.zh} if note.kind != "unknown" else None
        record_fact(
            edition=None, key=f"note.{note.key}", kind=note.kind, value=value, sources=sources(note.sources),
            note="" if value else note.text.en, actor=actor, now=now,
        )  # fmt: skip
    return series


def _record_edition(edition: Edition, past: PastEdition, actor: Actor, now: datetime) -> None:
    for key, fact in past.figures.items():
        _record(edition, key, fact, actor, now)
    for key, published in past.lists.items():
        _record_list(edition, key, published, actor, now)
    if past.results:
        record_fact(
            edition=edition, key="results", kind="fact", value=[_result(row) for row in past.results],
            sources=sources(past.results_sources), note=past.results_note, actor=actor, now=now,
        )  # fmt: skip


def _record(edition: Edition | None, key: str, fact: Fact, actor: Actor, now: datetime) -> None:
    claims = [
        {"value": claim.value, "qualifier": claim.qualifier, "sources": sources(claim.sources)}
        for claim in fact.claims
    ]
    record_fact(
        edition=edition, key=key, kind=fact.kind, value=fact.value if fact.is_recorded and not claims else None,
        qualifier=fact.qualifier, claims=claims, sources=sources(fact.sources or _sources_of_claims(fact)),
        note=fact.note, actor=actor, now=now,
    )  # fmt: skip


def _record_list(edition: Edition, key: str, published: PublishedList, actor: Actor, now: datetime) -> None:
    record_fact(
        edition=edition, key=key, kind=published.kind, note=published.note,
        value=[{"en": text.en, "zh": text.zh} for text in published.items],
        sources=sources(published.sources), actor=actor, now=now,
    )  # fmt: skip


def _result(row: Result) -> Mapping[str, Any]:
    return {
        "order": row.order, "title": {"en": row.title.en, "zh": row.title.zh}, "holders": list(row.holders),
        "level": row.level,
    }  # fmt: skip


def _sources_of_claims(fact: Fact) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(source for claim in fact.claims for source in claim.sources))


def sources(given: Sequence[Source]) -> list[dict[str, str]]:
    return [{"key": source.key, "title": source.title, "where": source.where} for source in given]
