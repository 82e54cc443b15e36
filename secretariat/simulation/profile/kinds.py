"""What a profile consists of: frozen plain values, no Django."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

KINDS = ("fact", "conflict", "inference", "unknown")
QUALIFIERS = ("", "more than", "nearly", "around")


@dataclass(frozen=True, slots=True)
class Text:
    """One text in the languages of the house."""

    en: str
    zh: str

    def in_language(self, code: str) -> str:
        """The Chinese text for any `zh…`, the English one for everything else."""
        return self.zh if code.startswith("zh") else self.en


@dataclass(frozen=True, slots=True)
class Source:
    key: str
    title: str
    where: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A value with its sources. `unknown` has no value, `conflict` has none but two or more claims.

    `simulated` is the invented number that the simulation uses in place of an unknown one.
    """

    kind: str
    sources: tuple[Source, ...]
    value: Any = None
    qualifier: str = ""
    zh: str = ""
    note: str = ""
    simulated: int | None = None
    claims: tuple[Fact, ...] = ()

    @property
    def is_recorded(self) -> bool:
        return self.kind != "unknown"

    def __str__(self) -> str:
        """As it was published: `more than 2,100`; `not recorded`; `more than 150 / more than 100`."""
        if self.kind == "unknown":
            return "not recorded"
        if self.claims:
            return " / ".join(map(str, self.claims))
        shown = f"{self.value:,}" if isinstance(self.value, int) else str(self.value)
        return f"{self.qualifier} {shown}".strip()


@dataclass(frozen=True, slots=True)
class Initiator:
    key: str
    name: Text
    short: str
    kind: Fact
    country: Fact
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Mission:
    key: str
    order: int
    text: Text
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Organisation:
    key: str
    short: str
    name: Text
    affiliation: Text  # the statement of non-affiliation
    simulated: Text  # the words on whatever is simulated
    facts: dict[str, Fact]
    initiators: tuple[Initiator, ...]
    missions: tuple[Mission, ...]


@dataclass(frozen=True, slots=True)
class Category:
    key: str
    order: int
    name: Text
    holder: str  # organisation | person
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Body:
    key: str
    order: int
    name: Text
    flags: frozenset[str]
    is_plural: bool
    facts: dict[str, Fact]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    key: str
    name: Text
    schemes: tuple[str, ...]
    broader: str  # a topic's key, or empty
    narrower: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaceName:
    code: str  # ISO 3166-1 alpha-2
    name: Text
    sort: Text


@dataclass(frozen=True, slots=True)
class Region:
    """UN M49 region, sub-region and intermediate region of a place; empty where there is none."""

    region_code: str
    region: str
    subregion_code: str
    subregion: str
    intermediate_code: str = ""
    intermediate: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    key: str
    name: Text
    codes: frozenset[str]  # alpha-2


@dataclass(frozen=True, slots=True)
class Grouping:
    key: str
    name: Text
    groups: tuple[Group, ...]
    aside: frozenset[str]

    def group_of(self, code: str) -> Group | None:
        return next((group for group in self.groups if code in group.codes), None)


@dataclass(frozen=True, slots=True)
class Places:
    """`codes` are the 249 entries of the registry's table; the rest overrides CLDR and M49."""

    codes: frozenset[str]
    one: Text
    many: Text
    names: dict[str, PlaceName]
    regions: dict[str, Region]
    first: tuple[str, ...]
    groupings: dict[str, Grouping]


@dataclass(frozen=True, slots=True)
class FormField:
    """One question. `limits` are characters per language; `minimum` and `maximum` count or bound by kind."""

    key: str
    kind: str
    label: Text
    required: bool
    confidentiality: str
    limits: dict[str, int] = field(default_factory=dict)
    minimum: int | None = None
    maximum: int | None = None
    scheme: str = ""
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Criterion:
    key: str
    name: Text
    help: Text
    weight: int
    scale: tuple[int, int]  # lowest and highest score
    is_invented: bool
    is_weight_invented: bool
    sources: tuple[Source, ...]
    anchors: tuple[tuple[int, Text], ...] = ()  # what some of the scores mean
    are_anchors_invented: bool = False


@dataclass(frozen=True, slots=True)
class EligibilityRule:
    key: str
    kind: str
    params: dict[str, Any]
    reason: Text
    is_invented: bool
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Level:
    key: str
    count: int
    name: Text
    short: Text
    presented: str


@dataclass(frozen=True, slots=True)
class Stage:
    """One cut. `keep` 0 keeps all that pass; `invented` names the parts of the rule nobody published."""

    key: str
    kind: str
    name: Text
    keep: int
    method: str
    readers: int
    levels: tuple[Level, ...]
    authority: str
    ties: str
    refused: str
    moves: str
    invented: tuple[str, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class PublicationTitle:
    title: Text
    subtitle: Text
    stage: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class CallSimulation:
    submissions: int
    reviewers: int
    ineligible: int


@dataclass(frozen=True, slots=True)
class Call:
    """`opens_at` and `closes_at` are local times of `zone`, given here with that zone."""

    key: str
    series: str
    year: int
    scheme: str
    committee: str
    languages: tuple[str, ...]
    title: Text
    word: Text
    zone: str
    opens_at: datetime
    closes_at: datetime
    are_dates_invented: bool
    form: tuple[FormField, ...]
    criteria: tuple[Criterion, ...]
    eligibility: tuple[EligibilityRule, ...]
    stages: tuple[Stage, ...]
    publication: PublicationTitle
    simulation: CallSimulation
    conflicts: Mapping[str, Any]
    sources: tuple[Source, ...]
    undertaking: Text | None = None  # the usual one

    @property
    def tzinfo(self) -> ZoneInfo:
        return ZoneInfo(self.zone)


@dataclass(frozen=True, slots=True)
class Series:
    key: str
    name: Text
    since: Fact
    figures: tuple[str, ...]  # what an edition of this series would record
    figure_names: dict[str, Text]


@dataclass(frozen=True, slots=True)
class Result:
    """A published result: no score, no rank; `order` is the order of presentation, where there was one."""

    order: int | None
    title: Text
    holders: tuple[str, ...]
    level: str


@dataclass(frozen=True, slots=True)
class PastEdition:
    """A sparse record: a figure nobody recorded is there, as an unknown fact."""

    series: str
    year: int
    held: Fact
    starts_on: date | None
    ends_on: date | None
    date_sources: tuple[Source, ...]
    figures: dict[str, Fact]
    lists: dict[str, PublishedList]
    results: tuple[Result, ...]
    results_sources: tuple[Source, ...]
    results_note: str
    note: str


@dataclass(frozen=True, slots=True)
class PublishedList:
    items: tuple[Text, ...]
    kind: str
    sources: tuple[Source, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Archive:
    series: dict[str, Series]
    editions: tuple[PastEdition, ...]
    notes: tuple[ArchiveNote, ...]
    counts: tuple[MemberCount, ...]
    lists: dict[str, PublishedList]

    def edition(self, series: str, year: int) -> PastEdition | None:
        return next((row for row in self.editions if (row.series, row.year) == (series, year)), None)

    def consecutive(self, series: str, year: int) -> int:
        """How many years in a row, ending with `year`, the series has been held: 9 for the summit of 2022."""
        years = {row.year for row in self.editions if row.series == series}
        count = 0
        while year - count in years:
            count += 1
        return count


@dataclass(frozen=True, slots=True)
class ArchiveNote:
    """A statement that belongs to no single edition: a rule, an inference, something unknown."""

    key: str
    text: Text
    kind: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class MemberCount:
    month: str  # YYYY-MM
    members: Fact
    countries: Fact


@dataclass(frozen=True, slots=True)
class Profile:
    organisation: Organisation
    sources: dict[str, Source]
    categories: tuple[Category, ...]
    bodies: tuple[Body, ...]
    schemes: dict[str, Text]
    topics: dict[str, Topic]
    places: Places
    calls: dict[str, Call]
    archive: Archive

    def topics_in(self, scheme: str) -> tuple[Topic, ...]:
        """The topics of a scheme, in the order of the file."""
        return tuple(topic for topic in self.topics.values() if scheme in topic.schemes)
