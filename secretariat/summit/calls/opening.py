"""What stands in the way of opening a call: plain values in and out."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from secretariat.summit.calls.logic import TEXT_KINDS, FieldSpec

FIELDS, CONDITIONS, DETAILS = "fields", "conditions", "details"
COUNTED_KINDS = frozenset({"country", "contributors"})


@dataclass(frozen=True)
class Obstacle:
    """What is wrong, and where it is put right: a part of the call, and the row of it that is meant."""

    part: str
    key: str
    message: str


@dataclass(frozen=True)
class Condition:
    """A formal condition as it is declared."""

    key: str
    kind: str
    params: Mapping[str, Any]
    reason_en: str
    reason_zh: str


def of_fields(fields: Sequence[FieldSpec], schemes: Collection[str]) -> list[Obstacle]:
    """Return what is wrong with the questions of a form; ``schemes`` are the lists of topics there are."""
    if not fields:
        return [Obstacle(FIELDS, "", _("The form asks nothing yet."))]
    found = [Obstacle(FIELDS, spec.key, why) for spec in fields for why in _of_field(spec, schemes)]
    title = next((spec for spec in fields if spec.key == "title"), None)
    if title is None:
        found.append(
            Obstacle(FIELDS, "", _("No field has the key “title”: a submission would have no name."))
        )
    elif title.kind not in TEXT_KINDS or not title.required:
        why = _("The field “title” names the submission: it has to be a text, and required.")
        found.append(Obstacle(FIELDS, "title", why))
    return found


def _of_field(spec: FieldSpec, schemes: Collection[str]) -> list[str]:
    name = spec.label_en or spec.label_zh or spec.key
    found = _missing(spec.label_en, spec.label_zh, name)
    scheme, options = spec.params.get("scheme"), spec.params.get("options")
    if spec.kind == "choice" and spec.required and not scheme and not options:
        found.append(_("“%(name)s” offers nothing to choose from.") % {"name": name})
    if spec.kind == "choice" and scheme and scheme not in schemes:
        found.append(
            _("“%(name)s” offers the list “%(list)s”, which there is not.") % {"name": name, "list": scheme}
        )
    if spec.key == "topic" and (spec.kind != "choice" or options):
        found.append(_("The field “topic” has to be a choice from a list of topics."))
    if spec.key in ("countries", "countries_of_use") and spec.kind != "country":
        found.append(_("The field “%(key)s” has to ask for countries and regions.") % {"key": spec.key})
    return found


def _missing(english: str, chinese: str, name: str) -> list[str]:
    return [
        message % {"name": name}
        for text, message in (
            (english, _("“%(name)s” has no English text.")),
            (chinese, _("“%(name)s” has no Chinese text.")),
        )
        if not text.strip()
    ]


def of_conditions(conditions: Sequence[Condition], fields: Sequence[FieldSpec]) -> list[Obstacle]:
    """Return what is wrong with the formal conditions: a reason that is missing, or a question nobody is asked."""
    kinds = {spec.key: spec.kind for spec in fields}
    found = []
    for row in conditions:
        name = row.reason_en or row.reason_zh or row.key
        wrong = _missing(row.reason_en, row.reason_zh, name)
        fits, named = FITTING[row.kind], row.params.get("fields") or [row.params.get("field")]
        wrong += [
            _(
                "“%(name)s” asks about the field “%(key)s”, which there is not in the form, or not of this kind."
            )
            % {"name": name, "key": key}
            for key in named
            if not fits(kinds.get(key, ""))
        ]
        found += [Obstacle(CONDITIONS, row.key, why) for why in wrong]
    return found


# Kind of condition -> of which kinds its fields may be.
FITTING: Mapping[str, Callable[[str], bool]] = {
    "languages_filled": TEXT_KINDS.__contains__,
    "count_between": COUNTED_KINDS.__contains__,
    "date_before": "date".__eq__,
}
