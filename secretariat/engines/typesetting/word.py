"""Papers as DOCX: text by real styles, tables, page numbers, and fonts and language tags for Latin and Chinese."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# What is written in Latin letters and what in Chinese characters, for running text and for headings.
TEXT_FONTS, HEADING_FONTS = ("Times New Roman", "SimSun"), ("Arial", "SimHei")
LATIN, CHINESE = "en-GB", "zh-CN"
INK = RGBColor(0, 0, 0)
SIZES = {"Title": 20, "Heading 1": 14, "Heading 2": 12}
_THEMED = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


@dataclass(frozen=True)
class Paper:
    """What stands on every page, and what a file says of itself. ``language`` is the one it is written in: en or zh."""

    title: str
    language: str
    house: str
    number: str
    made_at: datetime


class WordPaper:
    """A paper while it is written; ``data`` returns its bytes."""

    def __init__(self, paper: Paper) -> None:
        self.paper, self._document = paper, Document()
        self._set_styles()
        self._set_pages()
        self._set_properties()
        self._document.add_paragraph(style="Title").add_run(paper.title)

    def heading(self, text: str, level: int = 1) -> None:
        """Begin a part, under a heading that a reader's program can jump to."""
        self._document.add_heading(text, level)

    def text(self, text: str, *, language: str = "", note: bool = False) -> None:
        """Write text, a paragraph for each line; ``language`` where it is not that of the paper."""
        for line in filter(str.strip, text.splitlines()):
            run = self._document.add_paragraph(style="Note" if note else None).add_run(line)
            _tag(run, language or self.paper.language)

    def facts(self, rows: Sequence[tuple[str, str]]) -> None:
        """Write names and values, side by side."""
        table = self._document.add_table(rows=0, cols=2)
        for name, value in rows:
            cells = table.add_row().cells
            self._fill(cells[0], name, bold=True)
            self._fill(cells[1], value)
            cells[0].width, cells[1].width = Mm(45), Mm(115)
        self._document.add_paragraph()

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Write a table whose head is repeated on every page and whose rows are not broken."""
        table = self._document.add_table(rows=1, cols=len(head), style="Table Grid")
        for cell, words in zip(table.rows[0].cells, head, strict=True):
            self._fill(cell, words, bold=True)
        _flag(table.rows[0], "w:tblHeader")
        for row in rows:
            added = table.add_row()
            _flag(added, "w:cantSplit")
            for cell, words in zip(added.cells, row, strict=True):
                self._fill(cell, words)
        self._document.add_paragraph()

    def data(self) -> bytes:
        """Return the file."""
        stream = io.BytesIO()
        self._document.save(stream)
        return stream.getvalue()

    def _fill(self, cell: Any, words: str, *, bold: bool = False) -> None:
        run = cell.paragraphs[0].add_run(words)
        run.bold = bold or None
        _tag(run, self.paper.language)

    def _set_styles(self) -> None:
        styles = self._document.styles
        note = styles.add_style("Note", WD_STYLE_TYPE.PARAGRAPH)
        note.base_style, note.font.italic, note.font.size = styles["Normal"], True, Pt(9.5)
        _set_fonts(styles["Normal"], TEXT_FONTS)
        styles["Normal"].font.size = Pt(10.5)
        for name, size in SIZES.items():
            style = styles[name]
            _set_fonts(style, HEADING_FONTS)
            style.font.size, style.font.color.rgb, style.font.bold = Pt(size), INK, True
        for border in styles["Title"].element.iter(qn("w:pBdr")):
            border.getparent().remove(border)
            break
        for run in styles.element.iter(qn("w:rPr")):
            if run.getparent().tag == qn("w:rPrDefault"):
                _set_language(run)

    def _set_pages(self) -> None:
        section = self._document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(25)
        _tag(section.header.paragraphs[0].add_run(self.paper.house), self.paper.language)
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        foot.add_run(f"{self.paper.number} · ")
        _number(foot, "PAGE")
        foot.add_run(" / ")
        _number(foot, "NUMPAGES")

    def _set_properties(self) -> None:
        kept, at = self._document.core_properties, self.paper.made_at.astimezone(UTC).replace(tzinfo=None)
        kept.title, kept.subject, kept.comments = self.paper.title, self.paper.number, ""
        kept.language = CHINESE if self.paper.language == "zh" else LATIN
        kept.created = kept.modified = at
        kept.author = kept.last_modified_by = self.paper.house


def _set_fonts(style: Any, fonts: tuple[str, str]) -> None:
    style.font.name = fonts[0]
    found = style.element.rPr.rFonts
    for name in _THEMED:
        found.attrib.pop(qn(f"w:{name}"), None)
    found.set(qn("w:cs"), fonts[0])
    found.set(qn("w:eastAsia"), fonts[1])


def _set_language(properties: Any) -> None:
    """Say which languages a program checks the spelling in: one for Latin letters, one for Chinese characters."""
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    tag = OxmlElement("w:lang")
    tag.set(qn("w:val"), LATIN)
    tag.set(qn("w:eastAsia"), CHINESE)
    properties.append(tag)


def _tag(run: Any, language: str) -> None:
    """Mark a run: in Chinese even signs that both scripts have are set as Chinese ones."""
    properties = run._element.get_or_add_rPr()
    if language == "zh":
        properties.get_or_add_rFonts().set(qn("w:hint"), "eastAsia")
    _set_language(properties)


def _flag(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _number(paragraph: Any, field: str) -> None:
    tag = OxmlElement("w:fldSimple")
    tag.set(qn("w:instr"), field)
    inside, words = OxmlElement("w:r"), OxmlElement("w:t")
    words.text = "1"
    inside.append(words)
    tag.append(inside)
    paragraph._p.append(tag)
