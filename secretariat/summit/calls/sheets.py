"""Answers as they stand in the cells of a sheet, and how a change of them is told in a report."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from secretariat.registry.imports.importers import Refused
from secretariat.registry.imports.logic import folded
from secretariat.registry.organisations.importing import place_in
from secretariat.summit.calls.logic import Content, FieldSpec, number_of

PERSON = re.compile(r"([^(（]*)[(（]?([^)）]*)[)）]?")
CHINESE = re.compile(r"[㐀-鿿]")


def answer_in(
    spec: FieldSpec, row: Mapping[str, Any], languages: Sequence[str], options: Mapping[str, str]
) -> Any:
    """Return the answer that a row gives to a question; nothing where it says nothing, or of files."""
    if spec.kind in ("short_text", "long_text"):
        cells = {language: row.get(f"{spec.key}_{language}", "") for language in languages}
        return {language: cell for language, cell in cells.items() if cell}
    cell = row.get(spec.key)
    if not cell or spec.kind == "file":
        return None
    return _READ.get(spec.kind, lambda _spec, cell, _options: cell)(spec, cell, options)


def _option(spec: FieldSpec, cell: str, options: Mapping[str, str]) -> str:
    if not options or folded(cell) in options:
        return options.get(folded(cell), cell)
    raise Refused(spec.key, _("“%(value)s” is not one of the choices.") % {"value": cell})


def _places(spec: FieldSpec, words: Sequence[str], _options: Mapping[str, str]) -> list[str]:
    places = [place_in(word, spec.key) for word in words]
    return list(dict.fromkeys(place.alpha2 for place in places if place))


def _people(_spec: FieldSpec, cell: str, _options: Mapping[str, str]) -> list[dict[str, str]]:
    found = []
    for part in re.split(r"[;；\n]", cell):
        name, organisation = (value.strip() for value in PERSON.match(part.strip()).groups())
        if name:
            said = {"name": name, "organisation": organisation}
            found.append({f"{key}_{_language(value)}": value for key, value in said.items() if value})
    return found


def _language(value: str) -> str:
    return "zh" if CHINESE.search(value) else "en"


_READ: dict[str, Any] = {
    "choice": _option,
    "country": _places,
    "contributors": _people,
    "date": lambda _spec, day, _options: day.isoformat(),
    "number": lambda _spec, cell, _options: number_of(cell),
}


def lines_of(specs: Sequence[FieldSpec], before: Content, after: Content) -> dict[str, tuple[str, str, str]]:
    """Return (question, before, after) of each answer that differs, in plain words."""
    return {
        spec.key: (spec.label, _plain(before.get(spec.key)), _plain(after.get(spec.key)))
        for spec in specs
        if before.get(spec.key) != after.get(spec.key)
    }


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return " / ".join(_plain(part) for part in value.values() if part)
    if isinstance(value, list):
        return ", ".join(map(_plain, value))
    return "" if value is None else str(value)
