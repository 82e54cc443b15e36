"""A submission as it is read: each answer in words, and who reads it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from secretariat.foundation.files.models import File
from secretariat.foundation.ui.templatetags.ui import day
from secretariat.summit.calls.choices import Choices
from secretariat.summit.calls.logic import Content, FieldSpec
from secretariat.summit.calls.models import Attachment, Submission
from secretariat.summit.calls.states import Confidentiality

AUDIENCES = {
    "all": ("public", "committee", "named"),
    "committee": ("public", "committee"),
    "public": ("public",),
}
NAMES = {"en": "English", "zh": "中文"}


@dataclass(frozen=True)
class Answer:
    """An answer as its kind is shown; ``value`` is what the template of the kind takes."""

    spec: FieldSpec
    value: Any

    @property
    def read_by(self) -> str:
        return str(Confidentiality(self.spec.confidentiality).label)


@dataclass(frozen=True)
class Change:
    """A text before and after, in one language where it has several."""

    label: str
    before: str
    after: str


def answers_of(
    specs: Sequence[FieldSpec], content: Content, choices: Choices, files: Mapping[str, File],
    audience: str = "all",
) -> list[Answer]:  # fmt: skip
    """Return what an audience reads of a content, in the order of the form; empty answers are kept for the author."""
    found = []
    for spec in specs:
        if spec.confidentiality not in AUDIENCES[audience]:
            continue
        value = _shown(spec, content.get(spec.key), choices, files)
        if value or audience == "all":
            found.append(Answer(spec, value))
    return found


def files_of(submission: Submission) -> dict[str, File]:
    """Return every file of a submission by its id, as drafts and versions name it. One statement."""
    rows = Attachment.objects.filter(submission=submission).select_related("file")
    return {str(row.file_id): row.file for row in rows}


def file_named(submission: Submission, pk: UUID) -> File | None:
    """Return a file of this submission."""
    row = Attachment.objects.filter(submission=submission, file=pk).select_related("file").first()
    return row.file if row else None


def changes_between(
    specs: Sequence[FieldSpec], choices: Choices, files: Mapping[str, File], before: Content, after: Content
) -> list[Change]:
    """Return what differs between two contents, as plain text: one change for each language of a text."""
    found = []
    for spec in specs:
        one, other = (_texts(spec, content.get(spec.key), choices, files) for content in (before, after))
        for part in dict.fromkeys([*one, *other]):
            if one.get(part, "") != other.get(part, ""):
                label = f"{spec.label} ({NAMES.get(part, part)})" if part else spec.label
                found.append(Change(label, one.get(part, ""), other.get(part, "")))
    return found


def _shown(spec: FieldSpec, value: Any, choices: Choices, files: Mapping[str, File]) -> Any:
    if spec.kind == "country":
        return choices.names_of_places(value or [])
    if spec.kind == "choice" and value:
        return choices.name_of_option(spec.key, value)
    if spec.kind == "number" and isinstance(value, int | float):
        return f"{value:,}"
    if spec.kind == "date" and value:
        return _day(value)
    if spec.kind == "file":
        named = value if isinstance(value, list) else [value]
        return [files[key] for key in named if key in files]
    if spec.kind in ("short_text", "long_text"):
        return {language: text for language, text in (value or {}).items() if text}
    return value


def _day(value: str) -> str:
    try:
        return day(date.fromisoformat(value))
    except ValueError:
        return value  # half a date, in a draft


def _texts(spec: FieldSpec, value: Any, choices: Choices, files: Mapping[str, File]) -> dict[str, str]:
    shown = _shown(spec, value, choices, files)
    if spec.kind in ("short_text", "long_text"):
        return dict(shown)
    if spec.kind == "contributors":
        return {"": "\n".join(" · ".join(str(part) for part in row.values() if part) for row in value or [])}
    if isinstance(shown, list):
        return {"": "\n".join(str(part) for part in shown)}
    return {"": "" if shown is None else str(shown)}
