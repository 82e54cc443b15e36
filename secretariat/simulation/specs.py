"""A call of the profile as the product declares it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from secretariat.simulation.profile.kinds import Call, Criterion, FormField, Stage
from secretariat.summit.calls.actions import CallSpec
from secretariat.summit.calls.logic import FieldSpec
from secretariat.summit.calls.undertaking import usual

SERIES = {"achievements": "ACH", "cases": "CASE"}
REFUSED = {"vacant": "leave_open", "next": "move_up"}


def call_spec(call: Call, bodies: Mapping[str, Any]) -> CallSpec:
    """Return the declaration of a call; ``bodies`` maps the profile's keys to the registry's bodies."""
    return CallSpec(
        key=call.key,
        series=f"{SERIES.get(call.series, call.series.upper())}-{call.year}",
        title={"en": call.title.en, "zh": call.title.zh},
        word={"en": call.word.en, "zh": call.word.zh},
        languages=call.languages,
        opens_at=call.opens_at,
        closes_at=call.closes_at,
        zone=call.zone,
        fields=[_field(row) for row in call.form],
        criteria=[
            {
                "key": row.key, "label_en": row.name.en, "label_zh": row.name.zh, "help_en": row.help.en,
                "help_zh": row.help.zh, "weight": row.weight, "minimum": row.scale[0], "maximum": row.scale[1],
                "invented": row.is_invented, "anchors": _anchors(row),
            }
            for row in call.criteria
        ],
        eligibility=[
            {
                "key": row.key, "kind": row.kind, "params": _plain(row.params), "reason_en": row.reason.en,
                "reason_zh": row.reason.zh,
            }
            for row in call.eligibility
        ],
        stages=[_stage(row, bodies) for row in call.stages],
        publication={
            "title_en": call.publication.title.en, "title_zh": call.publication.title.zh,
            "subtitle_en": call.publication.subtitle.en, "subtitle_zh": call.publication.subtitle.zh,
            "stage": call.publication.stage,
        },
        undertaking={"en": call.undertaking.en, "zh": call.undertaking.zh} if call.undertaking else usual(),
        conflicts=call.conflicts,
    )  # fmt: skip


def _anchors(row: Criterion) -> dict[str, Any]:
    marked = {"invented": True} if row.are_anchors_invented else {}
    return {str(score): {"en": words.en, "zh": words.zh, **marked} for score, words in row.anchors}


def _field(row: FormField) -> FieldSpec:
    params = {"minimum": row.minimum, "maximum": row.maximum, "scheme": row.scheme, "types": list(row.types)}
    return FieldSpec(
        row.key, row.kind, row.label.en, row.label.zh, row.required, row.confidentiality, dict(row.limits),
        {key: value for key, value in params.items() if value not in (None, "", [])},
    )  # fmt: skip


def _stage(row: Stage, bodies: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "key": row.key, "kind": row.kind, "label_en": row.name.en, "label_zh": row.name.zh, "keep": row.keep,
        "method": row.method, "readers": row.readers, "ties": row.ties, "refused": REFUSED[row.refused],
        "authority": bodies.get(row.authority), "moves": row.moves,
        "levels": [
            {"key": level.key, "count": level.count, "en": level.name.en, "zh": level.name.zh,
             "short_en": level.short.en, "short_zh": level.short.zh, "presented": level.presented}
            for level in row.levels
        ],
    }  # fmt: skip


def _plain(params: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in params.items()}
