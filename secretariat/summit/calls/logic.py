"""What a form accepts, which formal rules an answer meets, and how two versions differ: plain values in and out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import isfinite
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from secretariat.engines.bundles.ranking import EARLIER_RECEIPT
from secretariat.engines.calibration.ranking import METHODS, TIES

MOVES = frozenset({"vote"})
STAGE_KINDS = frozenset({"eligibility", "calibrated", "levels"})
Content = Mapping[str, Any]
TEXT_KINDS = frozenset({"short_text", "long_text"})


@dataclass(frozen=True)
class FieldSpec:
    """A question: ``limits`` are characters per language, ``params`` what its kind needs."""

    key: str
    kind: str
    label_en: str
    label_zh: str
    required: bool = False
    confidentiality: str = "public"
    limits: Mapping[str, int] = field(default_factory=dict)
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The question in the reader's language."""
        return self.label_zh if self.in_chinese else self.label_en

    @property
    def in_chinese(self) -> bool:
        """Whether the reader of this moment reads Chinese."""
        return (get_language() or "en").startswith("zh")


@dataclass(frozen=True)
class Problem:
    """Why a field cannot be accepted, in the reader's language."""

    field: str
    message: str


def problems_of(
    fields: Sequence[FieldSpec], content: Content, *, complete: bool = False, keeping: bool = False
) -> list[Problem]:
    """Return what is wrong with the content, field by field.

    ``complete`` also demands the required ones. ``keeping`` asks for a draft: it may be too long, out of range or
    half a date, as long as the form can show it again.
    """
    known = {spec.key for spec in fields}
    found = [Problem(key, _("There is no such field.")) for key in content if key not in known]
    for spec in fields:
        value = content.get(spec.key)
        if value in (None, "", [], {}):
            if complete and spec.required:
                found.append(Problem(spec.key, _("This is required.")))
            continue
        checks = _SHAPES if keeping else _CHECKS
        found += [Problem(spec.key, message) for message in checks[spec.kind](spec, value)]
    return found


def problems_of_file(spec: FieldSpec, media_type: str, size: int) -> list[Problem]:
    """Return why a file cannot answer a question: its kind, or its size in bytes."""
    types, limit = spec.params.get("types"), spec.params.get("maximum")
    if types and media_type not in types:
        return [Problem(spec.key, _("This kind of file is not accepted here."))]
    if limit and size > limit:
        return [Problem(spec.key, _("The file is too large."))]
    return []


def _check_text(spec: FieldSpec, value: Any) -> list[str]:
    if not isinstance(value, Mapping) or not all(isinstance(text, str) for text in value.values()):
        return [_("A text for each language is expected.")]
    return [
        _("%(count)d characters in “%(language)s”; at most %(limit)d are allowed.")
        % {"count": len(text), "language": language, "limit": spec.limits[language]}
        for language, text in value.items()
        if language in spec.limits and len(text) > spec.limits[language]
    ]


def _check_number(spec: FieldSpec, value: Any) -> list[str]:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return [_("A number is expected.")]
    low, high = spec.params.get("minimum"), spec.params.get("maximum")
    if (low is not None and value < low) or (high is not None and value > high):
        return [_("%(value)s lies outside the allowed range.") % {"value": value}]
    return []


def _check_date(spec: FieldSpec, value: Any) -> list[str]:
    return [] if _as_date(value) else [_("A date such as 2022-05-31 is expected.")]


def _check_url(spec: FieldSpec, value: Any) -> list[str]:
    parts = urlsplit(value) if isinstance(value, str) else None
    if parts and parts.scheme in {"http", "https"} and parts.hostname:
        return []
    return [_("A web address that begins with https:// is expected.")]


def _check_list(spec: FieldSpec, value: Any) -> list[str]:
    if not isinstance(value, list):
        return [_("A list is expected.")]
    maximum = spec.params.get("maximum")
    if maximum is not None and len(value) > maximum:
        return [
            _("%(count)d given; at most %(limit)d are allowed.") % {"count": len(value), "limit": maximum}
        ]
    return []


def _check_countries(spec: FieldSpec, value: Any) -> list[str]:
    if wrong := _check_list(spec, value):
        return wrong
    if not all(isinstance(code, str) for code in value):
        return [_("A list of two-letter codes is expected.")]
    return []


def _check_contributors(spec: FieldSpec, value: Any) -> list[str]:
    if wrong := _check_list(spec, value):
        return wrong
    if any(
        not isinstance(entry, Mapping) or not entry.get("name_en", entry.get("name_zh")) for entry in value
    ):
        return [_("Every contributor needs a name.")]
    return []


def _check_choice(spec: FieldSpec, value: Any) -> list[str]:
    options = spec.params.get("options")
    if not isinstance(value, str) or (options is not None and value not in options):
        return [_("“%(value)s” is not one of the choices.") % {"value": value}]
    return []


def _check_file(spec: FieldSpec, value: Any) -> list[str]:
    return [] if isinstance(value, str | list) else [_("A file is expected.")]


_CHECKS: dict[str, Callable[[FieldSpec, Any], list[str]]] = {
    "short_text": _check_text,
    "long_text": _check_text,
    "choice": _check_choice,
    "number": _check_number,
    "country": _check_countries,
    "date": _check_date,
    "file": _check_file,
    "url": _check_url,
    "contributors": _check_contributors,
}


def _shape_text(spec: FieldSpec, value: Any) -> list[str]:
    good = isinstance(value, Mapping) and all(isinstance(text, str) for text in value.values())
    return [] if good else [_("A text for each language is expected.")]


def _shape_plain(spec: FieldSpec, value: Any) -> list[str]:
    good = isinstance(value, str | int | float) and not isinstance(value, bool)
    return [] if good else [_("A single value is expected.")]


def _shape_rows(spec: FieldSpec, value: Any) -> list[str]:
    good = isinstance(value, list) and all(isinstance(entry, Mapping) for entry in value)
    return [] if good else [_("A list is expected.")]


_SHAPES: dict[str, Callable[[FieldSpec, Any], list[str]]] = {
    "short_text": _shape_text,
    "long_text": _shape_text,
    "choice": _shape_plain,
    "number": _shape_plain,
    "country": _check_countries,
    "date": _shape_plain,
    "file": _check_file,
    "url": _shape_plain,
    "contributors": _shape_rows,
}


def odd_rules(
    fields: Sequence[FieldSpec], eligibility: Sequence[Mapping[str, Any]], stages: Sequence[Mapping[str, Any]]
) -> list[str]:
    """Return what nobody could carry out once the call is open: kinds, methods and words that mean nothing here."""
    odd = [f"field {spec.key}: kind {spec.kind!r}" for spec in fields if spec.kind not in _CHECKS]
    odd += [f"eligibility {r['key']}: kind {r['kind']!r}" for r in eligibility if r["kind"] not in RULE_KINDS]
    for stage in stages:
        if stage["kind"] not in STAGE_KINDS:
            odd.append(f"stage {stage['key']}: kind {stage['kind']!r}")
        if stage["refused"] not in ("leave_open", "move_up"):
            odd.append(f"stage {stage['key']}: refused {stage['refused']!r}")
        if stage.get("moves") and (stage["kind"] != "calibrated" or stage["moves"] not in MOVES):
            odd.append(f"stage {stage['key']}: moves {stage['moves']!r}")
        if stage["kind"] == "calibrated":
            odd += [
                f"stage {stage['key']}: {word} {stage[word]!r}"
                for word, known in (("method", METHODS), ("ties", (*TIES, EARLIER_RECEIPT)))
                if stage[word] not in known
            ]
    return odd


def odd_anchors(criteria: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return what is said of scores that are not on their scale, or not in both languages."""
    odd = []
    for row in criteria:
        scale = {str(score) for score in range(row["minimum"], row["maximum"] + 1)}
        for score, words in row.get("anchors", {}).items():
            if score not in scale:
                odd.append(f"criterion {row['key']}: anchor {score!r} is not on its scale")
            elif not (words.get("en") and words.get("zh")):
                odd.append(f"criterion {row['key']}: anchor {score!r} is not in both languages")
    return odd


# -- Eligibility ----------------------------------------------------------------------------------------------


def failed_rules(rules: Sequence[tuple[str, str, Mapping[str, Any]]], content: Content) -> list[str]:
    """Return the keys of the rules (key, kind, params) that the content does not meet, in their order."""
    return [key for key, kind, params in rules if not RULE_KINDS[kind](params, content)]


def _languages_filled(params: Mapping[str, Any], content: Content) -> bool:
    return all(
        str((content.get(key) or {}).get(language, "")).strip()
        for key in params["fields"]
        for language in params["languages"]
    )


def _count_between(params: Mapping[str, Any], content: Content) -> bool:
    value = content.get(params["field"]) or []
    return params["minimum"] <= len(value) <= params["maximum"]


def _date_before(params: Mapping[str, Any], content: Content) -> bool:
    given, limit = _as_date(content.get(params["field"])), _as_date(params["before"])
    return given is not None and limit is not None and given < limit


RULE_KINDS: dict[str, Callable[[Mapping[str, Any], Content], bool]] = {
    "languages_filled": _languages_filled,
    "count_between": _count_between,
    "date_before": _date_before,
}


def _as_date(value: Any) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


# -- Drafts ---------------------------------------------------------------------------------------------------


def number_of(text: str) -> int | float | str:
    """Return what was typed as a number, or as it is where it is none: the form says what is wrong with it."""
    plain = text.replace(",", "").replace(" ", "")
    try:
        value = float(plain)
    except ValueError:
        return text
    if not isfinite(value):
        return text
    return int(plain) if plain.lstrip("+-").isdigit() else value


def without_empty(value: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is filled of a mapping."""
    return {key: part for key, part in value.items() if part not in (None, "", [], {})}


def same(one: Any, other: Any) -> bool:
    """Whether two answers say the same, whatever of them is empty."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return without_empty(one) == without_empty(other)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other or (one in (None, "", [], {}) and other in (None, "", [], {}))


# -- Versions -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Difference:
    """A field that changed between two versions; None where it was not there."""

    field: str
    before: Any
    after: Any


def differences(before: Content, after: Content) -> list[Difference]:
    """Return the fields in which two contents differ, in the order of their keys."""
    keys = sorted({*before, *after})
    return [
        Difference(key, before.get(key), after.get(key)) for key in keys if before.get(key) != after.get(key)
    ]
