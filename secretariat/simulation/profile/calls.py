"""A call: its form, criteria, eligibility rules and stages, read from `calls/*.toml`."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from secretariat.registry.conflicts.policies import problems
from secretariat.simulation.profile.facts import sources_of
from secretariat.simulation.profile.kinds import (
    Call,
    CallSimulation,
    Criterion,
    EligibilityRule,
    FormField,
    Level,
    PublicationTitle,
    Source,
    Stage,
    Text,
)
from secretariat.simulation.profile.reading import LANGUAGES, Table, read_toml, unique

FIELD_KINDS = (
    "short_text",
    "long_text",
    "choice",
    "number",
    "country",
    "date",
    "file",
    "url",
    "contributors",
)
CONFIDENTIALITY = ("public", "committee", "named")
STAGE_KINDS = ("eligibility", "calibrated", "levels")
METHODS = ("rules", "additive", "scaled", "mean", "z")
TIES = ("none", "earlier_receipt")
REFUSED = ("vacant", "next")
MOVES = ("vote",)
# The parameters of each kind of eligibility rule.
RULE_PARAMS = {
    "languages_filled": {"fields": list, "languages": list},
    "count_between": {"field": str, "minimum": int, "maximum": int},
    "date_before": {"field": str, "before": date},
}

Sources = dict[str, Source]


def read_call(folder: Path, name: str, sources: Sources) -> Call:
    table = read_toml(folder, name)
    timing = table.table("timing")
    zone, opens_at, closes_at = _read_timing(timing)
    own = sources_of(table, sources)
    call = Call(
        key=table.get("key", str),
        series=table.get("series", str),
        year=table.get("year", int),
        scheme=table.get("scheme", str),
        committee=table.get("committee", str),
        languages=table.strings("languages"),
        title=_closed_text(table.table("title")),
        word=_closed_text(table.table("word")),
        zone=zone,
        opens_at=opens_at,
        closes_at=closes_at,
        are_dates_invented=timing.get("invented", bool, False),
        form=unique([_read_field(row) for row in table.tables("form")], table, "form"),
        criteria=unique(
            [_read_criterion(row, sources) for row in table.tables("criteria")], table, "criteria"
        ),
        eligibility=unique(
            [_read_rule(row, sources) for row in table.tables("eligibility")], table, "eligibility"
        ),
        stages=unique([_read_stage(row, sources, own) for row in table.tables("stages")], table, "stages"),
        publication=_read_publication(table.table("publication"), sources),
        simulation=_read_simulation(table.table("simulation"), sources),
        conflicts=_read_conflicts(table.table("conflicts"), sources) if table.has("conflicts") else {},
        sources=own,
        undertaking=_closed_text(table.table("undertaking")) if table.has("undertaking") else None,
    )
    timing.done()
    table.done()
    _check_call(call, table)
    return call


def _read_conflicts(table: Table, sources: Sources) -> dict[str, Any]:
    """What counts as a conflict of interest, where it differs from the usual."""
    _sources_unless_invented(table, sources, table.get("invented", bool, False))
    said: dict[str, Any] = {}
    if (years := table.optional("years_back", int)) is not None:
        said["years_back"] = years
    if table.has("strengths"):
        inner = table.table("strengths")
        said["strengths"] = {kind: inner.get(kind, str) for kind in inner.data}
    if firm := table.strings("firm", ()):
        said["firm"] = list(firm)
    table.done()
    for odd in problems(said):
        raise table.fail("", odd)
    return said


def _closed_text(table: Table) -> Text:
    text = table.text()
    table.done()
    return text


def _read_timing(table: Table) -> tuple[str, datetime, datetime]:
    zone = table.get("zone", str)
    try:
        tzinfo = ZoneInfo(zone)
    except (KeyError, ValueError):
        raise table.fail("zone", f"{zone!r} is no time zone") from None
    moments = []
    for key in ("opens_at", "closes_at"):
        moment = table.get(key, datetime)
        if moment.tzinfo:
            raise table.fail(key, "a local time of the zone, without an offset")
        moments.append(moment.replace(tzinfo=tzinfo))
    if moments[0] >= moments[1]:
        raise table.fail("closes_at", "not after opens_at")
    return zone, moments[0], moments[1]


def _read_field(table: Table) -> FormField:
    kind = table.one_of("kind", FIELD_KINDS)
    limits = {}
    if kind in ("short_text", "long_text"):
        inner = table.table("limits")
        limits = {language: inner.get(language, int) for language in LANGUAGES}
        inner.done()
    field = FormField(
        key=table.get("key", str),
        kind=kind,
        label=table.text(),
        required=table.get("required", bool),
        confidentiality=table.one_of("confidentiality", CONFIDENTIALITY),
        limits=limits,
        minimum=table.optional("minimum", int),
        maximum=table.get("maximum", int)
        if kind in ("contributors", "file")
        else table.optional("maximum", int),
        scheme=table.get("scheme", str) if kind == "choice" else "",
        types=table.strings("types") if kind == "file" else (),
    )
    table.done()
    return field


def _read_anchors(table: Table) -> tuple[tuple[int, Text], ...]:
    """What scores mean, by the score; that each is one of the scale is seen when the call is declared."""
    found = []
    for score, words in table.entries("anchors"):
        if not score.isdecimal():
            raise table.fail(f"anchors.{score}", "expected a whole number")
        found.append((int(score), _closed_text(words)))
    return tuple(found)


def _read_criterion(table: Table, sources: Sources) -> Criterion:
    scale = table.get("scale", list)
    if len(scale) != 2 or not all(isinstance(end, int) for end in scale) or scale[0] >= scale[1]:
        raise table.fail("scale", "expected [lowest, highest]")
    invented = table.get("invented", bool, False)
    criterion = Criterion(
        key=table.get("key", str),
        name=table.text(),
        help=table.text("help_"),
        weight=table.get("weight", int),
        scale=(scale[0], scale[1]),
        is_invented=invented,
        is_weight_invented=table.get("invented_weight", bool, invented),
        sources=_sources_unless_invented(table, sources, invented),
        anchors=_read_anchors(table) if table.has("anchors") else (),
        are_anchors_invented=table.get("invented_anchors", bool, invented),
    )
    table.done()
    if criterion.weight <= 0:
        raise table.fail("weight", "expected a positive number")
    return criterion


def _read_rule(table: Table, sources: Sources) -> EligibilityRule:
    kind = table.one_of("kind", tuple(RULE_PARAMS))
    invented = table.get("invented", bool, False)
    inner = table.table("params")
    params = {name: inner.get(name, expected) for name, expected in RULE_PARAMS[kind].items()}
    inner.done()
    rule = EligibilityRule(
        key=table.get("key", str),
        kind=kind,
        params=params,
        reason=table.text("reason_"),
        is_invented=invented,
        sources=_sources_unless_invented(table, sources, invented),
    )
    table.done()
    return rule


def _sources_unless_invented(table: Table, sources: Sources, invented: bool) -> tuple[Source, ...]:
    """What is not invented must say where it was published."""
    return sources_of(table, sources, default=()) if invented else sources_of(table, sources)


def _read_stage(table: Table, sources: Sources, own: tuple[Source, ...]) -> Stage:
    kind = table.one_of("kind", STAGE_KINDS)
    stage = Stage(
        key=table.get("key", str),
        kind=kind,
        name=table.text(),
        keep=table.get("keep", int),
        method=table.one_of("method", METHODS),
        readers=table.get("readers", int),
        levels=unique([_read_level(row) for row in table.tables("levels", [])], table, "levels"),
        authority=table.get("authority", str),
        ties=table.one_of("ties", TIES),
        refused=table.one_of("refused", REFUSED),
        moves=table.one_of("moves", MOVES) if "moves" in table.data else "",
        invented=table.strings("invented", ()),
        sources=sources_of(table, sources, default=own),
    )
    table.done()
    for name in stage.invented:
        if name not in table.data:
            raise table.fail("invented", f"{name!r} is no part of this stage")
    if (kind == "levels") != bool(stage.levels):
        raise table.fail("levels", "a stage of kind levels has them, and no other has")
    if stage.levels and sum(level.count for level in stage.levels) != stage.keep:
        raise table.fail("levels", f"the counts do not add up to keep = {stage.keep}")
    return stage


def _read_level(table: Table) -> Level:
    level = Level(
        key=table.get("key", str),
        count=table.get("count", int),
        name=table.text(),
        short=table.text("short_"),
        presented=table.get("presented", str),
    )
    table.done()
    return level


def _read_publication(table: Table, sources: Sources) -> PublicationTitle:
    publication = PublicationTitle(
        title=table.text(),
        subtitle=table.text("subtitle_"),
        stage=table.get("stage", str),
        sources=sources_of(table, sources),
    )
    table.done()
    return publication


def _read_simulation(table: Table, sources: Sources) -> CallSimulation:
    sources_of(table, sources)
    simulation = CallSimulation(
        *(table.get(name, int) for name in ("submissions", "reviewers", "ineligible"))
    )
    table.done()
    return simulation


def _check_call(call: Call, table: Table) -> None:
    fields = {field.key for field in call.form}
    for number, rule in enumerate(call.eligibility):
        for name in rule.params.get("fields", [rule.params.get("field")]):
            if name not in fields:
                raise table.fail(f"eligibility[{number}].params", f"{name!r} is no field of the form")
    if call.publication.stage not in {stage.key for stage in call.stages}:
        raise table.fail("publication.stage", f"{call.publication.stage!r} is no stage")
    kept = call.simulation.submissions
    for number, stage in enumerate(call.stages):
        if stage.keep > kept:
            raise table.fail(f"stages[{number}].keep", f"{stage.keep} of {kept} cannot be kept")
        kept = stage.keep or kept
