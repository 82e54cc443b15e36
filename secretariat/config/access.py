"""Writes docs/reference/access.md from what the features declare: ``python -m secretariat.config.access``.

The page cannot drift: a test compares it with what this module would write, another asks as every role and compares.
"""

import importlib
import importlib.util
import os
import re
from collections.abc import Iterator
from pathlib import Path
from string import ascii_lowercase
from typing import Any

import django
from django.urls import URLPattern, URLResolver, get_resolver

from secretariat.cli import VERBS
from secretariat.config.reference import product_apps
from secretariat.foundation.audit.admission import EVERYBODY, PROGRAMS, ROLES, Entry, Rule

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "access.md"
HEAD = """# Who may come in where

Written by `python -m secretariat.config.access`; a test keeps it what is declared, and another asks as every role
and compares, in the apps it names. Each feature declares its addresses in its `access.py`.

A role is how somebody stands to the very thing an address is about. Whoever holds several is let in by any of them.
What is not hers is not there: it is answered as if it did not exist. The signs:

| sign | means |
| --- | --- |
| ● | let in |
| ○ | sees the page around it and is told that she may not; nothing is done |
| · | 404, as if there were nothing |
| ✕ | 403, and why |
| → | sent to sign in |

| column | role | who that is |
| --- | --- | --- |
"""
DOORS = {
    "public": "The public door",
    "my": "The door of everybody's own, `/my/`",
    "desk": "The desk, `/desk/`",
}
DESCRIPTIONS = {"api:openapi", "api:docs"}
REFUSALS = {401: "→", 403: "✕", 404: "·"}
SIGNS = {404: "·", 403: "✕", 302: "○", "sign in": "→"}


def declared(what: str) -> dict[str, Any]:
    """Return what every app declares under this name, in one mapping.

    Raises:
        ValueError: two declare the same.
    """
    found: dict[str, Any] = {}
    for config in product_apps():
        name = f"{config.name}.access"
        if importlib.util.find_spec(name) is None:
            continue
        told = getattr(importlib.import_module(name), what, {})
        if twice := found.keys() & told.keys():
            raise ValueError(f"Declared twice: {sorted(twice)}.")
        found |= told
    return found


def addresses() -> dict[str, str]:
    """Return the address of every name there is, as its pattern says it.

    The operations of the API are declared by their own names: of its addresses only the descriptions are told here.
    """
    found = _walk(get_resolver().url_patterns, "", "")
    return {name: path for name, path in found if not name.startswith("api:") or name in DESCRIPTIONS}


def _walk(patterns: list[URLPattern | URLResolver], before: str, space: str) -> Iterator[tuple[str, str]]:
    for each in patterns:
        path = before + re.sub(r"\(\?P(<\w+>)(?:[^()]|\([^()]*\))*\)|[\^$]", r"\1", str(each.pattern))
        if isinstance(each, URLResolver):
            yield from _walk(
                each.url_patterns, path, f"{space}{each.namespace}:" if each.namespace else space
            )
        else:
            yield f"{space}{each.name or path}", path


def door_of(path: str) -> str:
    """Return the door an address stands at."""
    first = path.partition("/")[0]
    return first if first in DOORS else "public"


def access_page() -> str:
    """Return the page: the roles, then every door with its addresses."""
    paths, entries = addresses(), declared("ADDRESSES")
    columns = dict(zip(ROLES, ascii_lowercase, strict=False))
    lines = [HEAD + "\n".join(f"| {columns[role]} | {role} | {words} |" for role, words in ROLES.items()), ""]
    for door, title in DOORS.items():
        names = sorted((name for name in paths if door_of(paths[name]) == door), key=lambda name: paths[name])
        told = [] if all(entries[name].who == EVERYBODY for name in names) else list(columns)
        heads = ["address", "what", "methods", "who", *(columns[role] for role in told)]
        rows = [_row(paths[name], entries[name], told) for name in names]
        lines += [
            f"## {title}",
            "",
            *(f"| {' | '.join(row)} |" for row in (heads, ["---"] * len(heads), *rows)),
            "",
        ]
    return "\n".join([*lines, *_of_programs(), *_beside(paths)])


def _of_programs() -> Iterator[str]:
    """The operations of the API, as whoever has a token with every scope she can give it."""
    columns, told = dict(zip(PROGRAMS, ascii_lowercase, strict=False)), declared("OPERATIONS")
    yield "## The door for programs, `/api/v1/`\n"
    yield "A token with every scope its owner can give it; without the scope every role is answered 403.\n"
    yield "| column | role | who that is |\n| --- | --- | --- |"
    yield from (f"| {columns[role]} | {role} | {words} |" for role, words in PROGRAMS.items())
    heads = ["operation", "scope", "who", *columns.values()]
    yield f"\n| {' | '.join(heads)} |\n| {' | '.join('---' for _head in heads)} |"
    for name, operation in told.items():
        signs = [
            "●" if role in operation.who.roles else REFUSALS[operation.answer(role)] for role in PROGRAMS
        ]
        yield f"| {' | '.join([f'`{name}`', f'`{operation.scope}`', operation.who.words, *signs])} |"
    yield ""


def _row(path: str, entry: Entry, roles: list[str]) -> list[str]:
    methods = [method for method, answer in (("GET", entry.get), ("POST", entry.post)) if answer is not None]
    signs = ["●" if role in entry.who.roles else SIGNS[entry.answer(role, methods[0])] for role in roles]
    return [f"`/{path}`", entry.what, ", ".join(methods), entry.who.words, *signs]


def _beside(paths: dict[str, str]) -> Iterator[str]:
    """What has no address of its own: channels, files, exports, commands."""
    yield from _listed("Channels of what is live", "channel", declared("CHANNELS"))
    yield "A file that is public is read by everybody, any file by who handed it in and by the desk. Beside them:\n"
    yield from _listed("Further readers of files", "provider", declared("READERS"))
    yield "Who so reads which kind of file, by the number the API has for it:\n"
    yield from _listed("Kinds of files", "file", declared("FILES"))
    yield "## Exports\n\nWhoever may see a list takes it out as CSV or XLSX, with the rows and columns she sees.\n"
    yield "| list | address |\n| --- | --- |"
    yield from (f"| `{key}` | `/{paths[name]}` |" for key, name in sorted(declared("EXPORTS").items()))
    yield ""
    yield from _listed("Commands", "command", declared("COMMANDS"))
    yield "These read files and write files, and know neither the record nor its people: " + (
        ", ".join(f"`{verb}`" for verb in sorted(VERBS)) + ".\n"
    )


def _listed(title: str, kind: str, rules: dict[str, Rule]) -> Iterator[str]:
    yield f"## {title}\n\n| {kind} | who |\n| --- | --- |"
    yield from (f"| `{name}` | {rule.words} |" for name, rule in sorted(rules.items()))
    yield ""


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "secretariat.config.settings")
    django.setup()
    PAGE.write_text(access_page(), encoding="utf-8")
