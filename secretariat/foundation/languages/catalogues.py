"""The catalogues of the product's own sentences: extracted, checked and compiled without GNU gettext.

    python -m secretariat.foundation.languages.catalogues compile|extract|check

``extract`` merges what code and templates say into the catalogue, ``check`` lists what is missing, stale, without
Chinese or with other placeholders and ends with 1 when there is any, ``compile`` writes what Django reads.
"""

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib

from secretariat.foundation.languages.extraction import Message, messages_below

PRODUCT = Path(__file__).resolve().parents[2]
CATALOGUE = Path(__file__).parent / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
HEADER = {
    "Project-Id-Version": "secretariat",
    "Language": "zh_Hans",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[-#0+ ]*\d*(?:\.\d+)?[a-zA-Z]|\{(\w*)[^{}]*\}|%[sd]")


def load_catalogue(path: Path = CATALOGUE) -> polib.POFile:
    """Return the catalogue; an empty one where there is none yet."""
    return polib.pofile(str(path)) if path.exists() else polib.POFile()


def merged_messages(root: Path = PRODUCT) -> dict[tuple[str, str], tuple[Message, set[str]]]:
    """Return what stands in code and templates by (context, singular), a plural form joined to its singular."""
    merged: dict[tuple[str, str], tuple[Message, set[str]]] = {}
    for message, files in messages_below(root).items():
        key = (message.context, message.singular)
        known, where = merged.get(key, (message, set()))
        merged[key] = (max(known, message), where | files)
    return merged


def extract(root: Path = PRODUCT, path: Path = CATALOGUE) -> int:
    """Write the catalogue anew: every string once, sorted, its translation kept, nothing obsolete. Returns how many."""
    kept = {(entry.msgctxt or "", entry.msgid): entry for entry in load_catalogue(path)}
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = HEADER
    messages = merged_messages(root)
    for key in sorted(messages, key=lambda key: (key[1], key[0])):
        message, files = messages[key]
        catalogue.append(_entry(message, files, kept.get(key)))
    path.parent.mkdir(parents=True, exist_ok=True)
    _replace(path, str(catalogue).encode())
    return len(catalogue)


def _entry(message: Message, files: set[str], known: polib.POEntry | None) -> polib.POEntry:
    text = (known.msgstr or known.msgstr_plural.get(0, "")) if known else ""
    return polib.POEntry(
        msgid=message.singular,
        msgctxt=message.context or None,
        msgid_plural=message.plural,
        msgstr="" if message.plural else text,
        msgstr_plural={0: text} if message.plural else {},
        occurrences=[(file, "") for file in sorted(files)],
        flags=["python-format"] if re.search(r"%\(\w+\)|%[sd]", message.singular) else [],
    )


def findings(root: Path = PRODUCT, path: Path = CATALOGUE) -> Iterator[str]:
    """Yield one line for each thing wrong with the catalogue."""
    messages = merged_messages(root)
    entries = {(entry.msgctxt or "", entry.msgid): entry for entry in load_catalogue(path)}
    for key in sorted(messages.keys() - entries.keys()):
        yield f"not in the catalogue: {key[1]!r} ({', '.join(sorted(messages[key][1]))})"
    for key in sorted(entries.keys() - messages.keys()):
        yield f"stale, in no file any more: {key[1]!r}"
    for key in sorted(entries.keys() & messages.keys()):
        entry, message = entries[key], messages[key][0]
        text = entry.msgstr or entry.msgstr_plural.get(0, "")
        if message.plural != (entry.msgid_plural or ""):
            yield f"stale, the plural differs: {key[1]!r}"
        elif not text.strip() or entry.fuzzy:
            yield f"without Chinese: {key[1]!r}"
        elif placeholders(text) not in [
            placeholders(form) for form in (message.singular, message.plural) if form
        ]:
            yield f"placeholders differ: {key[1]!r} → {text!r}"


def placeholders(text: str) -> list[str]:
    """Return the placeholders of a string, sorted; a translation must have the same, in any order."""
    return sorted(match[0] for match in PLACEHOLDER.finditer(text.replace("%%", "")))


def compile_catalogue(path: Path = CATALOGUE) -> Path:
    """Write the ``.mo`` beside the ``.po``, whole or not at all, and return where."""
    target = path.with_suffix(".mo")
    _replace(target, load_catalogue(path).to_binary())
    return target


def _replace(path: Path, content: bytes) -> None:
    temporary = path.with_suffix(f".{os.getpid()}")
    temporary.write_bytes(content)
    temporary.replace(path)


def main(arguments: list[str]) -> int:
    """Run one of the three commands; returns the exit code."""
    match arguments:
        case ["compile"]:
            compile_catalogue()
        case ["extract"]:
            sys.stderr.write(f"{extract()} strings in {CATALOGUE.name}\n")
        case ["check"]:
            found = list(findings())
            sys.stdout.writelines(f"{line}\n" for line in found)
            return 1 if found else 0
        case _:
            sys.stderr.write("catalogues: one of compile, extract or check is needed.\n")
            return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
