"""Sets a folder of Typst files as a PDF, the same bytes for the same files and time.

The templates never contain user text: it reaches them as JSON in a file of the same folder, so that nothing a person
wrote is ever read as Typst. The PDF is tagged, carries its languages and embeds its fonts (PDF/A-2a, PDF/UA-1).
"""

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from secretariat.engines.typesetting import fonts


def set_sheet(templates: Iterable[Path], main: str, data: Any, at: datetime) -> bytes:
    """Set ``main``, one of the templates, which reads ``data.json``; ``at`` is the time the PDF says of itself."""
    with TemporaryDirectory(prefix="sheet-") as name:
        folder = Path(name)
        for template in templates:
            (folder / template.name).write_bytes(template.read_bytes())
        (folder / "data.json").write_text(json.dumps(printable(data), ensure_ascii=False), encoding="utf-8")
        pdf = compiler(folder, main).compile(
            format="pdf", pdf_standards=["a-2a", "ua-1"], timestamp=int(at.timestamp())
        )
    assert isinstance(pdf, bytes)  # a list is what the compiler makes of several images
    return pdf


def compiler(folder: Path, main: str) -> typst.Compiler:
    """A compiler for a folder that was laid out, with the packaged faces and no other."""
    return typst.Compiler(
        folder / main, root=folder, font_paths=list(fonts.folders()), ignore_system_fonts=True
    )


def printable(value: Any) -> Any:
    """The value with every text in it made fit to print."""
    if isinstance(value, dict):
        return {key: printable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [printable(item) for item in value]
    return fonts.fit_to_print(value) if isinstance(value, str) else value
