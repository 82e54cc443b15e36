"""The description as its page shows it: chapters of operations, each with what it takes and answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from secretariat.doors.api.describing import description

TITLES: dict[str, str | Promise] = {
    "public": _("What everybody may read"),
    "my": _("What is mine"),
    "desk": _("What the desk reads and does"),
}


@dataclass(frozen=True)
class Part:
    """A parameter or a field: its name, its type, whether it must be there, and in words."""

    name: str
    type: str
    where: str = ""
    is_needed: bool = False
    about: str = ""


@dataclass(frozen=True)
class Told:
    """An operation as the page shows it."""

    key: str
    method: str
    path: str
    about: str
    scope: str
    takes: Sequence[Part]
    answers: Sequence[Part]
    refusals: Sequence[str]


@cache
def chapters() -> list[tuple[str | Promise, list[Told]]]:
    """Return the operations by chapter, in the order of declaration."""
    found: dict[str, list[Told]] = {}
    for path, methods in description()["paths"].items():
        for method, told in methods.items():
            found.setdefault(told["tags"][0], []).append(_told(method.upper(), path, told))
    return [(TITLES[tag], found[tag]) for tag in TITLES if tag in found]


def _told(method: str, path: str, told: dict[str, Any]) -> Told:
    takes = [
        Part(p["name"], type_of(p["schema"]), p["in"], p["required"], p.get("description", ""))
        for p in told.get("parameters", [])
    ]
    body = told.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    takes += [Part(p.name, p.type, "body", p.is_needed, p.about) for p in fields_of(body or {})]
    answer = next(answer for status, answer in told["responses"].items() if int(status) < 400)
    schema = answer.get("content", {}).get("application/json", {}).get("schema", {})
    refusals = [status for status in told["responses"] if int(status) >= 400]
    return Told(
        told["operationId"],
        method,
        path,
        told["description"],
        told["x-scope"],
        takes,
        fields_of(schema),
        refusals,
    )


def fields_of(schema: dict[str, Any]) -> list[Part]:
    """Return the fields of a shape; of a list, those of its items."""
    whole = _resolved(schema)
    items = whole.get("properties", {}).get("items")
    if items and set(whole["properties"]) <= {"items", "next"}:
        whole = _resolved(items["items"])
    needed = set(whole.get("required", []))
    return [
        Part(name, type_of(about), "", name in needed, about.get("description", ""))
        for name, about in whole.get("properties", {}).items()
    ]


def _resolved(schema: dict[str, Any]) -> dict[str, Any]:
    name = schema.get("$ref", "").rpartition("/")[2]
    return description()["components"]["schemas"][name] if name else schema


def type_of(schema: dict[str, Any]) -> str:
    """Return a type in a few characters: `string`, `Words`, `[string]`, `date-time?`."""
    if "$ref" in schema:
        return schema["$ref"].rpartition("/")[2]
    if options := schema.get("anyOf"):
        named = [type_of(option) for option in options if option.get("type") != "null"]
        return " | ".join(named) + ("?" if len(named) < len(options) else "")
    if schema.get("type") == "array":
        return f"[{type_of(schema.get('items', {}))}]"
    return schema.get("format") or schema.get("type") or "any"
