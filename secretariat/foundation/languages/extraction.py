"""Finds the strings to translate in Python code and in Django templates, without running either."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.template.base import Lexer, Token, TokenType
from django.utils.translation import trim_whitespace

# Function -> positions of context, singular and plural among its arguments.
FUNCTIONS = {
    "gettext": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}
FUNCTIONS |= {f"{name}_lazy": places for name, places in FUNCTIONS.items()} | {
    "gettext_noop": (None, 0, None)
}

QUOTED = r"""(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')"""
TRANSLATE = re.compile(rf"""(?:translate|trans)\s+{QUOTED}(?:\s|\||$)""")
MARKED = re.compile(rf"""(?<!\w)_\(\s*{QUOTED}\s*\)""")
CONTEXT = re.compile(rf"""\scontext\s+{QUOTED}""")


@dataclass(frozen=True, order=True)
class Message:
    """A string to translate; ``plural`` is empty where there is one form only."""

    singular: str
    context: str = ""
    plural: str = ""


def messages_below(root: Path) -> dict[Message, set[str]]:
    """Return every string of the product below ``root`` with the files it stands in, relative to root's parent."""
    found: dict[Message, set[str]] = {}
    for path in sorted(root.rglob("*")):
        relative = path.relative_to(root.parent)
        if "migrations" in relative.parts:
            continue
        if path.suffix == ".py":
            messages = python_messages(path.read_text(encoding="utf-8"))
        elif "templates" in relative.parts and path.suffix in {".html", ".txt", ".xml", ".svg"}:
            messages = template_messages(path.read_text(encoding="utf-8"))
        else:
            continue
        for message in messages:
            found.setdefault(message, set()).add(relative.as_posix())
    return found


def python_messages(source: str) -> Iterator[Message]:
    """Yield the strings given to Django's translation functions, under whatever name they were imported.

    A call whose text is not a literal is passed over: it translates what was marked elsewhere.
    """
    tree = ast.parse(source)
    names = dict(_imported(tree))
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        known = names.get(called) if isinstance(node.func, ast.Name) else called
        if known in FUNCTIONS:
            context, singular, plural = (_literal(node, place) for place in FUNCTIONS[known])
            if singular:
                yield Message(singular, context, plural)


def _imported(tree: ast.AST) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            for alias in node.names:
                yield alias.asname or alias.name, alias.name


def _literal(call: ast.Call, place: int | None) -> str:
    if place is None or place >= len(call.args):
        return ""
    argument = call.args[place]
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else ""


def template_messages(source: str) -> Iterator[Message]:
    """Yield the strings of ``{% translate %}``, ``{% blocktranslate %}`` and ``_("…")`` as Django looks them up."""
    tokens = iter(Lexer(source).tokenize())
    for token in tokens:
        if token.token_type not in (TokenType.BLOCK, TokenType.VAR):
            continue
        name = token.contents.split(None, 1)[0] if token.contents else ""
        if token.token_type == TokenType.BLOCK and name == "comment":
            _until(tokens, "endcomment")
            continue
        for match in MARKED.finditer(token.contents):
            yield Message(_escaped(match))
        if token.token_type == TokenType.VAR:
            continue
        if name in ("blocktranslate", "blocktrans"):
            yield _block(token.contents, _until(tokens, f"end{name}"))
        elif match := TRANSLATE.match(token.contents):
            yield Message(_escaped(match), _context(token.contents))


def _until(tokens: Iterator[Token], end: str) -> list[Token]:
    inside = []
    for token in tokens:
        if token.token_type == TokenType.BLOCK and token.contents.strip() == end:
            break
        inside.append(token)
    return inside


def _block(opening: str, inside: Iterable[Token]) -> Message:
    forms: list[str] = [""]
    for token in inside:
        if token.token_type == TokenType.BLOCK and token.contents.strip() == "plural":
            forms.append("")
        elif token.token_type == TokenType.TEXT:
            forms[-1] += token.contents.replace("%", "%%")
        elif token.token_type == TokenType.VAR:
            forms[-1] += f"%({token.contents})s"
    if "trimmed" in opening.split():
        forms = [trim_whitespace(form) for form in forms]
    return Message(forms[0], _context(opening), forms[1] if len(forms) > 1 else "")


def _context(contents: str) -> str:
    match = CONTEXT.search(contents)
    return (match[1] or match[2] or "") if match else ""


def _escaped(match: re.Match[str]) -> str:
    # Django doubles the per cent signs of a literal before it looks the literal up.
    return re.sub(r"\\(.)", r"\1", match[1] or match[2] or "").replace("%", "%%")
