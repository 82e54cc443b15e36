"""A draft while it is written: its form, and what a saving of it comes to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import QueryDict

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.files.actions import FileRefused, store_file
from secretariat.foundation.files.models import File
from secretariat.summit.calls import actions, logic, queries
from secretariat.summit.calls.choices import Choices
from secretariat.summit.calls.forms import DraftForm, data_of
from secretariat.summit.calls.logic import FieldSpec, Problem
from secretariat.summit.calls.models import Submission
from secretariat.summit.calls.reading import files_of
from secretariat.summit.calls.sections import Section, sections_of


@dataclass
class Drafting:
    """One draft at one moment, for whoever writes it."""

    submission: Submission
    now: datetime
    problems: list[Problem] = field(default_factory=list)

    @cached_property
    def specs(self) -> list[FieldSpec]:
        return queries.field_specs(self.submission.call)

    @cached_property
    def choices(self) -> Any:
        return Choices(self.specs)

    @cached_property
    def files(self) -> dict[str, File]:
        return files_of(self.submission)

    @property
    def is_writable(self) -> bool:
        call = self.submission.call
        if self.submission.state not in ("draft", "submitted") or call.state != "open":
            return False
        return self.now < call.closes_at or queries.is_let_in(self.submission, self.now)

    @property
    def waits_for_code(self) -> bool:
        """Whether only a late code lets it be written: after the closing time, before the call is closed."""
        is_begun = self.submission.state in ("draft", "submitted")
        return is_begun and queries.is_past(self.submission.call, self.now) and not self.is_writable

    def form(self, data: QueryDict | None = None) -> DraftForm:
        """Return the form of what was sent, or of the draft as it stands."""
        languages, draft = self.submission.call.languages, self.submission.draft
        shown = data if data is not None else data_of(draft, self.specs, languages, self.submission.revision)
        return DraftForm(self.specs, languages, self.choices, shown, draft)

    def wrong(self, content: Mapping[str, Any], *, complete: bool) -> list[Problem]:
        return logic.problems_of(self.specs, content, complete=complete)

    def wrong_in_words(self, content: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Return what stands against handing a content in: the question, and what is wrong with its answer."""
        labels = {spec.key: spec.label for spec in self.specs}
        return [(labels.get(p.field, p.field), p.message) for p in self.wrong(content, complete=True)]

    def keep(self, form: DraftForm, actor: Actor) -> None:
        """Keep what was sent. Raises DraftConflict."""
        content = form.content
        seen = actions.Seen(
            form.cleaned_data.get("revision") or 0, form.cleaned_data.get("writer") or UUID(int=0)
        )
        if content == self.submission.draft:
            return
        self.submission = actions.save_draft(
            submission=self.submission, content=content, actor=actor, now=self.now, seen=seen
        )

    def bring_files(self, data: QueryDict, sent: Mapping[str, Any], actor: Actor) -> None:
        """Attach the files that came with the form, or before it in pieces; what is refused is a problem told."""
        for spec in self.specs:
            if spec.kind != "file":
                continue
            try:
                if file := self._brought(spec, data.get(f"{spec.key}_file", ""), sent.get(spec.key), actor):
                    self.submission = actions.attach_file(
                        submission=self.submission, key=spec.key, file=file, actor=actor, now=self.now
                    )
            except actions.InvalidContent as refused:
                self.problems += refused.problems
            except FileRefused as refused:
                self.problems.append(Problem(spec.key, str(refused)))

    def _brought(self, spec: FieldSpec, named: str, sent: Any, actor: Actor) -> File | None:
        if sent:
            limit = min(spec.params.get("maximum", settings.FILE_SIZE_LIMIT), settings.FILE_SIZE_LIMIT)
            return store_file(
                stream=sent, name=sent.name, allowed_types=spec.params.get("types") or (), limit=limit,
                actor=actor, now=self.now,
            )  # fmt: skip
        try:
            return (
                File.objects.filter(pk=UUID(named), uploaded_by=actor.account_id).first() if named else None
            )
        except ValueError:
            return None

    def sections(self, form: DraftForm, theirs: Mapping[str, Any] | None = None) -> list[Section]:
        """Return the questions by who will read the answers; ``theirs`` is a draft that differs."""
        return sections_of(form, self.choices, self.files, theirs)
