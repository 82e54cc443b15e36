"""The questions of a form, by who will read the answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField

from secretariat.foundation.files.models import File
from secretariat.summit.calls.choices import Choices
from secretariat.summit.calls.forms import DraftForm
from secretariat.summit.calls.logic import FieldSpec
from secretariat.summit.calls.reading import Change, changes_between
from secretariat.summit.calls.states import Confidentiality

EMPTY = (None, "", [], {})


@dataclass(frozen=True)
class Question:
    """A question with its controls, ready for its template."""

    spec: FieldSpec
    controls: Sequence[BoundField] = ()
    rows: Any = None
    file: File | None = None
    chosen: int = 0
    theirs: Sequence[Change] = ()


@dataclass(frozen=True)
class Section:
    """The questions that the same people will read."""

    key: str
    questions: Sequence[Question]
    done: int = 0
    required: int = 0

    @property
    def label(self) -> str:
        return str(Confidentiality(self.key).label)


def sections_of(
    form: DraftForm, choices: Choices, files: Mapping[str, File], theirs: Mapping[str, Any] | None = None
) -> list[Section]:
    """Return the questions of a form by who reads the answers, each group in the form's order.

    ``theirs`` is a draft that somebody else saved: what differs in it stands with its question.
    """
    content, found = form.content, []
    for key in Confidentiality.values:
        specs = [spec for spec in form.specs if spec.confidentiality == key]
        needed = [spec for spec in specs if spec.required]
        if specs:
            questions = [_question(form, spec, choices, files, theirs) for spec in specs]
            done = sum(content.get(spec.key) not in EMPTY for spec in needed)
            found.append(Section(key, questions, done, len(needed)))
    return found


def _question(
    form: DraftForm,
    spec: FieldSpec,
    choices: Choices,
    files: Mapping[str, File],
    theirs: Mapping[str, Any] | None,
) -> Question:
    value = form.content.get(spec.key)
    return Question(
        spec=spec,
        controls=[form[name] for name in form.names_of(spec.key) if name in form.fields],
        rows=form.rows.get(spec.key),
        file=files.get(value) if spec.kind == "file" and isinstance(value, str) else None,
        chosen=len(value or ()) if spec.kind == "country" else 0,
        theirs=changes_between([spec], choices, files, form.content, theirs) if theirs is not None else (),
    )
