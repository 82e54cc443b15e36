"""Reads the text of the pages of a PDF as the typesetter writes them (plain objects, Identity-H fonts).

Not a general reader: enough to check what a page says and where its lowest line stands, with nothing installed.
"""

import re
import zlib
from dataclasses import dataclass, field

_INSIDE = rb"\\.|[^()\\]"
_LITERAL = rb"\((?:%b|\((?:%b|\((?:%b)*\))*\))*\)" % (
    _INSIDE,
    _INSIDE,
    _INSIDE,
)  # brackets may nest, twice here
_TOKEN = re.compile(_LITERAL + rb"|<<|>>|<[0-9A-Fa-f]*>|/[^\s/<>\[\]()]+|[-+.\d]+|[A-Za-z*']+|[\[\]]", re.S)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


@dataclass
class Page:
    """What a page says, white space left out: its body, and the artifacts (running heads, feet) with it."""

    body: str = ""
    whole: str = ""
    lines: list[float] = field(default_factory=list)
    """The baselines of the body, in points from the foot of the sheet."""


def read_pages(pdf: bytes) -> list[Page]:
    objects = dict(re.findall(rb"(\d+) 0 obj\s*(.*?)\s*endobj", pdf, re.S))
    root = next(o for o in objects.values() if re.search(rb"/Type/Pages\b", o))
    kids = re.findall(rb"(\d+) 0 R", re.search(rb"/Kids\[(.*?)\]", root)[1])
    maps: dict[bytes, dict[int, str]] = {}
    return [_page(objects, objects[kid], maps) for kid in kids]


def _stream(data: bytes) -> bytes:
    start = re.search(rb"stream\r?\n", data).end()
    return zlib.decompressobj().decompress(data[start:])


def _page(objects, page: bytes, maps) -> Page:
    resources = objects[re.search(rb"/Resources (\d+)", page)[1]]
    fonts = re.search(rb"/Font<<(.*?)>>", resources)
    names = dict(re.findall(rb"/(\w+) (\d+) 0 R", fonts[1])) if fonts else {}
    for number in names.values():
        if number not in maps:
            unicode_map = re.search(rb"/ToUnicode (\d+)", objects[number])[1]
            maps[number] = _characters(_stream(objects[unicode_map]))
    return _said(
        _stream(objects[re.search(rb"/Contents (\d+)", page)[1]]), {k: maps[v] for k, v in names.items()}
    )


def _characters(cmap: bytes) -> dict[int, str]:
    found = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.S):
        for code, text in re.findall(rb"<(\w+)>\s*<(\w+)>", block):
            found[int(code, 16)] = bytes.fromhex(text.decode()).decode("utf-16-be")
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.S):
        for first, last, text in re.findall(rb"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            for n in range(int(first, 16), int(last, 16) + 1):
                found[n] = chr(int(text, 16) + n - int(first, 16))
    return found


def _said(content: bytes, fonts: dict[bytes, dict[int, str]]) -> Page:
    page, font, marks, depth, name, height = Page(), {}, [], 0, b"", 0.0
    last = b""
    for token in _TOKEN.findall(content):
        if token in (b"<<", b">>"):
            depth += 1 if token == b"<<" else -1
        elif depth:
            continue
        elif token.startswith(b"/"):
            name, font = token, fonts.get(token[1:], font)
        elif token in (b"BMC", b"BDC"):
            marks.append(name == b"/Artifact")
        elif token == b"EMC":
            marks.pop()
        elif token.startswith((b"(", b"<")):
            text = _decoded(token, font)
            page.whole += text
            if True not in marks and text:
                page.body += text
                page.lines.append(height)
        elif token.startswith(b"cm"):
            height = float(last)
        last = token
    return page


def _decoded(token: bytes, font: dict[int, str]) -> str:
    if token.startswith(b"<"):
        raw = bytes.fromhex(token[1:-1].decode())
    else:
        raw = re.sub(
            rb"\\([0-7]{1,3}|.)",
            lambda m: bytes([int(m[1], 8)]) if m[1][:1].isdigit() else _ESCAPES.get(m[1], m[1]),
            token[1:-1],
            flags=re.S,
        )
    codes = (int.from_bytes(raw[n : n + 2]) for n in range(0, len(raw), 2))
    return squeezed("".join(font.get(code, "") for code in codes))


def squeezed(text: str) -> str:
    """The text without white space and without invisible places for a line break."""
    return re.sub(r"[\s\u200b]+", "", text)
