"""Submissions brought in from a file: what was written elsewhere, kept in the name of whoever wrote it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from secretariat.foundation.accounts.actor import Actor, require
from secretariat.foundation.ui.templatetags.ui import here, text
from secretariat.registry.imports.importers import Done, Family, Field, Importer, Refused
from secretariat.registry.imports.logic import folded
from secretariat.registry.organisations.importing import organisation_in, told
from secretariat.registry.people.models import Person
from secretariat.registry.people.queries import person_called
from secretariat.summit.calls import actions, queries, rules
from secretariat.summit.calls.choices import Choices
from secretariat.summit.calls.logic import FieldSpec
from secretariat.summit.calls.models import Call, Submission
from secretariat.summit.calls.reading import NAMES
from secretariat.summit.calls.sheets import answer_in, lines_of

KEY = "submissions"
FIRST = (
    Field("key", gettext_lazy("Its key in the sheet"), ("key", "id", "编号"), is_required=True,
          hint=gettext_lazy("What tells it from the others there; by it the same row is known the next time.")),
    Field("person", gettext_lazy("Person in charge"), ("applicant", "contact", "负责人"), is_required=True,
          hint=gettext_lazy("Number, e-mail address or name of a person recorded already.")),
    Field("organisation", gettext_lazy("Organisation"), ("applicant organisation", "单位", "申报单位"),
          hint=gettext_lazy("Number or name of an organisation recorded already; empty: for herself.")),
    Field("state", gettext_lazy("State"), ("状态",),
          hint=gettext_lazy("“draft” leaves it to be handed in by whoever is in charge; empty: it is handed in.")),
)  # fmt: skip
DRAFT, HANDED_IN = ("draft", "草稿"), ("", "submitted", "handedin", "已提交")
HINTS = {
    "country": gettext_lazy("Names or codes, commas between."),
    "contributors": gettext_lazy("Name (organisation), semicolons between."),
    "choice": gettext_lazy("A word of the list, in either language."),
}


def columns_of(specs: Sequence[FieldSpec], languages: Sequence[str]) -> list[Field]:
    """Return the columns that answer the questions of a form; files come by no sheet."""
    found = []
    for spec in specs:
        named = tuple(filter(None, (spec.label_en, spec.label_zh)))
        if spec.kind in ("short_text", "long_text"):
            kind = "paragraphs" if spec.kind == "long_text" else "text"
            found += [
                Field(
                    f"{spec.key}_{language}", f"{spec.label} · {NAMES.get(language, language)}",
                    heads_of(spec, language), kind,
                )
                for language in languages
            ]  # fmt: skip
        elif spec.kind != "file":
            kind = {"date": "day", "country": "words"}.get(spec.kind, "text")
            found.append(Field(spec.key, spec.label, named, kind, hint=HINTS.get(spec.kind, "")))
    return found


def heads_of(spec: FieldSpec, language: str) -> tuple[str, ...]:
    """Return what the column of a text in a language goes by in files; without a language it is the first one's."""
    words = {"en": ("English", "英文"), "zh": ("Chinese", "中文")}.get(language, (language,))
    label = spec.label_en if language == "en" else spec.label_zh
    bare = (label, spec.key) if language == "en" else (label,)
    return (*filter(None, bare), *(f"{name} {word}" for name in (spec.key, spec.label_en) for word in words))


@dataclass(frozen=True)
class Sheet:
    """A call whose answers come in a file."""

    call: Call
    specs: Sequence[FieldSpec]

    def importer(self) -> Importer:
        return Importer(
            f"{KEY}:{self.call.key}", _("Submissions: %(call)s") % {"call": text(self.call, "title")},
            (*FIRST, *columns_of(self.specs, self.call.languages)), self.bring, self.undo,
            identity=lambda row: row.get("key", ""),
            text=_("People and organisations come first. Empty cells change nothing; files are added on the pages."),
        )  # fmt: skip

    @cached_property
    def options(self) -> Mapping[str, Mapping[str, str]]:
        """Key of a question -> what an option is called in either language, folded -> the option."""
        found: dict[str, dict[str, str]] = {}
        for language in ("en", "zh-hans"):
            with override(language):
                for key, pairs in Choices([s for s in self.specs if s.kind == "choice"]).options.items():
                    named = {folded(word): value for value, label in pairs for word in (value, label)}
                    found.setdefault(key, {}).update(named)
        return found

    def bring(self, row: Mapping[str, Any], *, actor: Actor, now: datetime) -> Done:
        """Begin a submission, or write on with the one of this key, and hand it in."""
        require(rules.can_run_call(actor) and actor.account_id is not None, _("bring in submissions"))
        person, organisation = (
            _person(row["person"]),
            organisation_in(row.get("organisation", ""), "organisation"),
        )
        wrote = _as_writer(person, actor)
        found, stands = queries.brought_in(self.call, row["key"]), _handed_in(row)
        if found is None:
            started = actions.start_submission(
                call=self.call,
                organisation=organisation,
                person=person,
                their_key=row["key"],
                actor=wrote,
                now=now,
            )
        else:
            _same_applicant(found, person, organisation)
            started = found
        before, was = dict(started.draft), started.state
        after = self._content(row, before)
        if found is not None and after != before and found.writer != writer_of(self.call, row["key"]):
            raise ValueError(_("It was written on after it had been brought in; change it there."))
        done = self._write(started, after, stands, row["key"], wrote, now)
        outcome = "new" if found is None else "changed" if after != before or done.state != was else "same"
        return Done(
            outcome, done.pk, " · ".join(filter(None, [row["key"], here(after.get("title") or {})])), _path(done),
            told(lines_of(self.specs, before, after)) if outcome != "same" else (),
            {"before": before, "revision": done.revision, "was": was, "by": str(person.pk)},
        )  # fmt: skip

    def _content(self, row: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
        content = dict(before)
        for spec in self.specs:
            given = answer_in(spec, row, self.call.languages, self.options.get(spec.key, {}))
            if given in (None, "", [], {}):
                continue
            content[spec.key] = {**before.get(spec.key, {}), **given} if isinstance(given, dict) else given
        return content

    def _write(
        self, row: Submission, content: Mapping[str, Any], stands: bool, key: str, wrote: Actor, now: datetime
    ) -> Submission:
        try:
            if content != row.draft or not row.revision:
                seen = actions.Seen(row.revision, writer_of(self.call, key))
                row = actions.save_draft(submission=row, content=content, actor=wrote, now=now, seen=seen)
            if stands:
                actions.submit(submission=row, actor=wrote, now=now)
        except actions.InvalidContent as wrong:
            raise self._refused(wrong) from None
        except actions.DraftConflict as conflict:
            raise ValueError(str(conflict)) from None
        return Submission.objects.select_related("ref", "call").get(pk=row.pk)

    def _refused(self, wrong: actions.InvalidContent) -> Refused:
        first = wrong.problems[0]
        columns = columns_of([spec for spec in self.specs if spec.key == first.field], self.call.languages)
        return Refused(columns[0].key if columns else first.field, first.message)

    def undo(
        self, key: UUID, outcome: str, memory: Mapping[str, Any], *, actor: Actor, now: datetime
    ) -> None:
        """Take back a row: withdraw what was new, write again what stood before, unless it was written on since."""
        row = Submission.objects.select_related("ref", "call", "person").get(pk=key)
        if row.revision != memory["revision"] or row.writer != writer_of(self.call, row.their_key):
            raise ValueError(_("%(name)s has changed since.") % {"name": row.ref.number})
        if outcome == "new":
            actions.withdraw(submission=row, reason=_("The import was undone."), actor=actor, now=now)
            return
        if memory["was"] != row.state:
            raise ValueError(_("%(name)s was handed in by this; withdraw it.") % {"name": row.ref.number})
        wrote = _as_writer(row.person, actor)
        self._write(row, memory["before"], row.state != "draft", row.their_key, wrote, now)


def writer_of(call: Call, key: str) -> UUID:
    """Return the page that a draft was written on when a file wrote it: always the same one for a row."""
    return uuid5(NAMESPACE_OID, f"{call.pk}:{key}")


def _as_writer(person: Person, actor: Actor) -> Actor:
    """Who is in charge, as if she came herself; the trail says who at the desk brought it in."""
    return Actor(person.account_id, person.pk, door=actor.door, brought_by_id=actor.account_id)


def _person(cell: str) -> Person:
    found = person_called(cell)
    if not found:
        raise Refused("person", _("Nothing in the registry is called “%(text)s”.") % {"text": cell})
    if len(found) > 1:
        several = "; ".join(f"{each.ref.number} {each}" for each in found)
        raise Refused(
            "person", _("Several may be meant; write the number: %(several)s") % {"several": several}
        )
    return found[0]


def _handed_in(row: Mapping[str, Any]) -> bool:
    state = folded(row.get("state", ""))
    if state not in (*DRAFT, *HANDED_IN):
        raise Refused("state", _("There is no state “%(text)s”.") % {"text": row["state"]})
    return state not in DRAFT


def _same_applicant(found: Submission, person: Person, organisation: Any) -> None:
    if found.person_id != person.pk:
        told = _("It belongs to %(person)s; an import gives it to nobody else.") % {"person": found.person}
        raise Refused("person", told)
    if organisation is not None and organisation.pk != found.organisation_id:
        raise Refused(
            "organisation", _("It was begun for another applicant; an import gives it to nobody else.")
        )


def _path(row: Submission) -> str:
    """Return where the desk reads it; a draft is nobody's but its writer's."""
    return "" if row.state == "draft" else reverse("desk_calls:submission", args=[row.ref.number])


def _offer() -> list[Importer]:
    return [Sheet(call, specs).importer() for call, specs in queries.calls_with_forms()]


def _find(key: str) -> Importer | None:
    call = Call.objects.select_related("edition").filter(key=key).first()
    return Sheet(call, queries.field_specs(call)).importer() if call else None


FAMILY = Family(KEY, lambda key: _("Submissions: %(call)s") % {"call": key}, _offer, _find)
