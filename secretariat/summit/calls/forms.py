from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.files.forms import HandedInField
from secretariat.summit.calls.choices import Choices
from secretariat.summit.calls.logic import Content, FieldSpec, Problem, number_of, same, without_empty

LONG, SHORT = "long_text", "short_text"
MORE_ROWS, SPARE_ROWS, MOST_ROWS = 3, 1, 20


class ContributorForm(forms.Form):
    """One person behind a submission. A row without anything in it is no person."""

    name_en = forms.CharField(label=_("Name in English"), required=False)
    name_zh = forms.CharField(label=_("Name in Chinese"), required=False)
    sort = forms.CharField(label=_("As in an index, family name first"), required=False)
    role_en = forms.CharField(label=_("Part in it, in English"), required=False)
    role_zh = forms.CharField(label=_("Part in it, in Chinese"), required=False)
    organisation_en = forms.CharField(label=_("Organisation in English"), required=False)
    organisation_zh = forms.CharField(label=_("Organisation in Chinese"), required=False)

    use_required_attribute = False


ContributorRows = forms.formset_factory(
    ContributorForm, extra=0, max_num=MOST_ROWS, absolute_max=2 * MOST_ROWS
)


class DraftForm(forms.Form):
    """The form of a call: a draft comes in and goes out whole, however unfinished, and its problems stand beside it."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    writer = forms.UUIDField(widget=forms.HiddenInput)

    use_required_attribute = False

    def __init__(
        self, specs: Sequence[FieldSpec], languages: Sequence[str], choices: Choices, data: Mapping[str, Any],
        stored: Content,
    ) -> None:  # fmt: skip
        super().__init__(data=data)
        self.specs, self.languages, self.stored = specs, languages, stored
        for spec in specs:
            for name, field in _fields_of(spec, languages, choices, stored):
                self.fields[name] = field
        self.rows = {
            spec.key: ContributorRows(data=data, prefix=spec.key)
            for spec in specs
            if spec.kind == "contributors"
        }

    @cached_property
    def content(self) -> dict[str, Any]:
        """What was written, in the shape of a draft. Answers that did not change keep the form they were stored in."""
        self.is_valid()
        given = {spec.key: _READ[spec.kind](self, spec) for spec in self.specs}
        return {
            key: self.stored[key] if same(self.stored.get(key), value) and key in self.stored else value
            for key, value in given.items()
            if value not in (None, "", [], {}) or (key in self.stored and same(self.stored[key], value))
        }

    def show(self, problems: Sequence[Problem]) -> None:
        """Put what is wrong beside the fields it concerns."""
        self.is_valid()
        for problem in problems:
            names = [name for name in self.names_of(problem.field) if name in self.fields]
            self.add_error(names[0] if names else None, problem.message)

    def names_of(self, key: str) -> list[str]:
        """The names of the controls that answer a question."""
        return [key, *(f"{key}_{language}" for language in self.languages)]

    def text(self, name: str) -> str:
        return str(self.data.get(name) or "").replace("\r\n", "\n").strip()


def data_of(
    content: Content, specs: Sequence[FieldSpec], languages: Sequence[str], revision: int, writer: UUID | None = None,
    rows: int = SPARE_ROWS,
) -> QueryDict:  # fmt: skip
    """Return a draft as its form would send it, with some empty rows for further contributors."""
    data = QueryDict(mutable=True)
    data["revision"], data["writer"] = str(revision), str(writer or uuid4())
    for spec in specs:
        value = content.get(spec.key)
        if spec.kind in (LONG, SHORT):
            for language in languages:
                data[f"{spec.key}_{language}"] = (value or {}).get(language, "")
        elif spec.kind == "country":
            data.setlist(spec.key, value or [])
        elif spec.kind == "contributors":
            _write_rows(data, spec, value or [], rows)
        elif spec.kind != "file":
            data[spec.key] = "" if value is None else str(value)
    return data


def with_more_rows(data: QueryDict, key: str) -> QueryDict:
    """Return what a form sent with further empty rows."""
    copy, name = data.copy(), f"{key}-TOTAL_FORMS"
    if (sent := copy.get(name, "")).isdigit():
        copy[name] = str(min(int(sent) + MORE_ROWS, MOST_ROWS))
    return copy


def _write_rows(data: QueryDict, spec: FieldSpec, rows: Sequence[Mapping[str, Any]], spare: int) -> None:
    most = spec.params.get("maximum", MOST_ROWS)
    data[f"{spec.key}-INITIAL_FORMS"] = "0"
    data[f"{spec.key}-TOTAL_FORMS"] = str(max(len(rows), min(len(rows) + spare, most)))
    for number, row in enumerate(rows):
        for name in ContributorForm.base_fields:
            data[f"{spec.key}-{number}-{name}"] = row.get(name, "")


class PlacesField(forms.MultipleChoiceField):
    """Places by their codes. Those that stand in the draft already are known without asking for all there are."""

    def __init__(self, *, known: Sequence[str] | None, **named: Any) -> None:
        super().__init__(**named)
        self.known = frozenset(known or ())

    def valid_value(self, value: str) -> bool:
        return value in self.known or super().valid_value(value)


def _fields_of(
    spec: FieldSpec, languages: Sequence[str], choices: Choices, stored: Content
) -> list[tuple[str, forms.Field]]:
    """The controls that answer a question. None is required: a draft may have any gap."""
    if spec.kind == "contributors":
        return []
    if spec.kind in (LONG, SHORT):
        return [(f"{spec.key}_{language}", _text_field(spec, language)) for language in languages]
    label = spec.label
    if spec.kind == "country":
        box = forms.CheckboxSelectMultiple
        places = PlacesField(
            label=label,
            choices=lambda: choices.places,
            widget=box,
            required=False,
            known=stored.get(spec.key),
        )
        return [(spec.key, places)]
    if spec.kind == "choice":
        box = forms.Select(choices=lambda: [("", "—"), *choices.options.get(spec.key, ())])
        return [(spec.key, forms.CharField(label=label, widget=box, required=False))]
    if spec.kind == "file":
        accept = ",".join(spec.params.get("types") or ())
        return [
            (
                spec.key,
                forms.FileField(label=label, widget=forms.FileInput({"accept": accept}), required=False),
            )
        ]
    return [(spec.key, forms.CharField(label=label, widget=_plain_widget(spec), required=False))]


def _text_field(spec: FieldSpec, language: str) -> forms.Field:
    limit = spec.limits.get(language)
    area = forms.Textarea({"rows": 8 if (limit or 0) > 800 else 5})
    field = forms.CharField(
        label=spec.label, widget=area if spec.kind == LONG else forms.TextInput, required=False
    )
    field.max_length = limit  # counted and said, never cut: what is too long is kept in the draft
    return field


def _plain_widget(spec: FieldSpec) -> forms.Widget:
    if spec.kind == "date":
        return forms.DateInput({"type": "date"})
    if spec.kind == "url":
        return forms.URLInput({"placeholder": "https://"})
    low, high = spec.params.get("minimum"), spec.params.get("maximum")
    bounds = {name: value for name, value in (("min", low), ("max", high)) if value is not None}
    return forms.NumberInput({"step": "any", **bounds})


def _read_text(form: DraftForm, spec: FieldSpec) -> dict[str, str]:
    texts = {language: form.text(f"{spec.key}_{language}") for language in form.languages}
    return without_empty(texts)


def _read_rows(form: DraftForm, spec: FieldSpec) -> list[dict[str, str]]:
    rows = form.rows[spec.key]
    if not rows.is_valid():
        return list(form.stored.get(spec.key) or [])
    return [row for entered in rows.cleaned_data if (row := without_empty(entered))]


def _read_places(form: DraftForm, spec: FieldSpec) -> list[str]:
    chosen = form.cleaned_data.get(spec.key) or []
    before = [code for code in form.stored.get(spec.key) or [] if code in chosen]
    return [*before, *(code for code in chosen if code not in before)]


def _read_file(form: DraftForm, spec: FieldSpec) -> Any:
    return form.stored.get(spec.key)  # attached and taken out by actions of their own


_READ = {
    LONG: _read_text,
    SHORT: _read_text,
    "contributors": _read_rows,
    "country": _read_places,
    "file": _read_file,
    "number": lambda form, spec: number_of(form.text(spec.key)),
    "choice": lambda form, spec: form.text(spec.key),
    "date": lambda form, spec: form.text(spec.key),
    "url": lambda form, spec: form.text(spec.key),
}


class StartForm(forms.Form):
    """In whose name: her own, or an organisation's."""

    organisation = forms.ChoiceField(
        label=_("In whose name do you apply?"), widget=forms.RadioSelect, required=False
    )

    def __init__(self, *args: Any, organisations: Mapping[UUID, Any], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.organisations = {str(key): row for key, row in organisations.items()}
        named = [(key, str(row)) for key, row in self.organisations.items()]
        self.fields["organisation"].choices = [*named, ("", _("In my own name"))]
        self.fields["organisation"].initial = named[0][0] if named else ""

    @property
    def chosen(self) -> Any:
        return self.organisations.get(self.cleaned_data["organisation"])


class LateForm(forms.Form):
    """The code with which something comes in late."""

    code = forms.CharField(
        label=_("Late code"), max_length=60, widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("The secretariat has given it to you. Capital letters or small ones, with dashes or without."),
    )  # fmt: skip


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Why do you withdraw it?"), max_length=500, widget=forms.Textarea({"rows": 3}),
        help_text=_("Kept with the submission and read by the secretariat."),
    )  # fmt: skip
    sure = forms.BooleanField(label=_("I withdraw this submission. It cannot be handed in again."))


class PartnerForm(forms.Form):
    """An organisation that nobody has entered yet."""

    name_en = forms.CharField(label=_("Name in English"), max_length=300, required=False)
    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=300, required=False)
    kind = forms.ChoiceField(label=_("Kind"))
    country = forms.ChoiceField(label=_("Country or region"))

    def __init__(self, *args: Any, kinds: Any, places: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["kind"].choices, self.fields["country"].choices = kinds, [("", "—"), *places]

    def clean(self) -> dict[str, Any]:
        if not (self.cleaned_data.get("name_en") or self.cleaned_data.get("name_zh")):
            self.add_error("name_en", _("Give the name in English or in Chinese."))
        return self.cleaned_data


class QuestionForm(forms.Form):
    """What the desk wants to know of an applicant, and by which day."""

    text = forms.CharField(
        label=_("What do you want to know?"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("The applicant reads this as it stands here. Nobody else who applies does."),
    )  # fmt: skip
    due_on = forms.DateField(
        label=_("To be answered by"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The end of this day, where the call is at home."),
    )  # fmt: skip


class AnswerForm(forms.Form):
    """An answer of the applicant, with up to three files."""

    text = forms.CharField(label=_("Your answer"), max_length=8000, widget=forms.Textarea(attrs={"rows": 8}))
    file_1 = HandedInField(label=_("File"), required=False)
    file_2 = HandedInField(label=_("Another file"), required=False)
    file_3 = HandedInField(label=_("A third file"), required=False)

    def __init__(self, *args: Any, actor: Actor, **named: Any) -> None:
        super().__init__(*args, **named)
        for name in self.files_named():
            self.fields[name].actor = actor

    @staticmethod
    def files_named() -> tuple[str, ...]:
        return ("file_1", "file_2", "file_3")

    def handed_in(self) -> list[Any]:
        """What came: files sent with the form, and files that had come in pieces before it."""
        return [self.cleaned_data[name] for name in self.files_named() if self.cleaned_data.get(name)]


class NamingForm(forms.Form):
    """A member of the committee whom the applicant is tied to."""

    person = forms.TypedChoiceField(label=_("Member of the committee"), coerce=UUID)
    reason = forms.CharField(
        label=_("How you are tied to each other"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, data: Any = None, *, people: Sequence[tuple[str, str]], **named: Any) -> None:
        super().__init__(data, **named)
        self.fields["person"].choices = people
