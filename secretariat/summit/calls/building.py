"""The forms by which the desk builds a call: one field, one formal condition, its names and days, a copy of it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secretariat.foundation.ui.changing import ChangeForm, DayField
from secretariat.registry.editions.models import Edition
from secretariat.registry.organisations.models import Organisation
from secretariat.registry.people.models import Person
from secretariat.registry.refs.forms import RefField
from secretariat.registry.topics.queries import schemes_by_key
from secretariat.summit.calls import opening
from secretariat.summit.calls.eligibility import LANGUAGES
from secretariat.summit.calls.forms import MOST_ROWS
from secretariat.summit.calls.logic import FieldSpec
from secretariat.summit.calls.models import Call, EligibilityRule, FormField
from secretariat.summit.calls.states import Confidentiality

MIB = 1024 * 1024
FILE_TYPES = (
    ("application/pdf", "PDF"),
    ("image/png", "PNG"),
    ("image/jpeg", "JPEG"),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word (.docx)"),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel (.xlsx)"),
    ("application/vnd.openxmlformats-officedocument.presentationml.presentation", "PowerPoint (.pptx)"),
    ("video/mp4", "MP4"),
    ("application/zip", "ZIP"),
)
OF_FIELD = ("key", "label_en", "label_zh", "required", "confidentiality")
OF_CONDITION = ("key", "reason_en", "reason_zh")
# Names that the applicant's form has for itself, and endings it gives to the controls of a field.
TAKEN, ENDINGS = frozenset({"revision", "writer", "do", "was", "check"}), ("_en", "_zh", "_file")
CONDITION_KINDS = {
    "languages_filled": gettext_lazy("texts are given in these languages"),
    "count_between": gettext_lazy("as many are named as this"),
    "date_before": gettext_lazy("a day lies before another"),
}


class KeyField(forms.CharField):
    """What a row of the rules is called for good, by programs, files and the log."""

    default_validators = (
        RegexValidator(
            r"^[a-z][a-z0-9_-]*\Z",
            gettext_lazy("Small letters, digits, “_” and “-”, beginning with a letter."),
        ),
    )

    def __init__(self, *, taken: Collection[str] = (), **named: Any) -> None:
        super().__init__(max_length=60, **named)
        self.taken = taken

    def clean(self, value: Any) -> str:
        key = super().clean(value)
        if key in self.taken or key == "new":  # the address of a new row
            raise forms.ValidationError(_("“%(key)s” is taken already.") % {"key": key})
        return key


class LinesField(forms.CharField):
    """A list of texts, one in each line."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[str]:
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]


class PartForm(ChangeForm):
    """A row of a call's rules. A new one gets its key here; afterwards the key stays."""

    def __init__(self, *args: Any, taken: Collection[str] | None = None, **named: Any) -> None:
        super().__init__(*args, **named)
        if taken is not None:
            hint = _("What programs, files and the log call it. It stays as it is.")
            self.fields = {"key": KeyField(label=_("Key"), taken=taken, help_text=hint), **self.fields}

    def values(self) -> dict[str, Any]:
        """Return the whole row: what somebody else has changed meanwhile stays, where this form did not."""
        return {**self.current, **self.changes()}


class FieldForm(PartForm):
    """A question of the form, with the limits and parameters of its kind."""

    label_en = forms.CharField(label=gettext_lazy("Label in English"), max_length=200, required=False)
    label_zh = forms.CharField(label=gettext_lazy("Label in Chinese"), max_length=200, required=False)
    required = forms.BooleanField(
        label=gettext_lazy("It has to be answered before the submission can be handed in"), required=False
    )
    confidentiality = forms.ChoiceField(
        label=gettext_lazy("Who reads it"), choices=Confidentiality.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, kind: str, languages: Sequence[str], **named: Any) -> None:
        super().__init__(*args, **named)
        self.kind = kind
        self.fields.update(_params_asked(kind, languages))

    def clean_key(self) -> str:
        key = self.cleaned_data["key"]
        if key in TAKEN or key.endswith(ENDINGS):
            raise forms.ValidationError(
                _("“%(key)s” would be mixed up with a part of the form. Please choose another key.")
                % {"key": key}
            )
        return key

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not (given.get("label_en") or given.get("label_zh")):
            self.add_error(
                "label_en", _("Give the label in English or in Chinese; both before the call opens.")
            )
        if self.kind == "choice":
            self._clean_choice(given)
        low, high = given.get("minimum"), given.get("maximum")
        if low is not None and high is not None and high <= low:
            self.add_error("maximum", _("The largest number has to be above the smallest."))
        return given

    def _clean_choice(self, given: Mapping[str, Any]) -> None:
        english, chinese = given.get("options") or [], given.get("options_zh") or []
        if bool(given.get("scheme")) == bool(english):
            self.add_error("scheme", _("Choose a list, or write the choices below: one of the two."))
        if len(set(english)) != len(english):
            self.add_error("options", _("A choice stands there twice."))
        if len(chinese) != len(english):
            words = _("%(en)d choices in English and %(zh)d in Chinese: each needs both.")
            self.add_error("options_zh", words % {"en": len(english), "zh": len(chinese)})

    def columns(self) -> dict[str, Any]:
        """Return the row as the model keeps it."""
        values = {name: value for name, value in self.values().items() if value not in (None, "", [])}
        limits = {code: values.pop(f"limit_{code}") for code in _limited(values)}
        own, params = _apart(values, OF_FIELD)
        if self.kind == "file" and "maximum" in params:
            params["maximum"] *= MIB
        empty = {"label_en": "", "label_zh": ""}
        return {**empty, **own, "kind": self.kind, "limits": limits, "params": params}


def _limited(names: Iterable[str]) -> list[str]:
    return [name.removeprefix("limit_") for name in names if name.startswith("limit_")]


def _apart(values: Mapping[str, Any], own: Collection[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the row itself says, and its parameters: whatever else there is, asked for here or not."""
    return (
        {name: value for name, value in values.items() if name in own},
        {name: value for name, value in values.items() if name not in own},
    )


def current_of(row: FormField | EligibilityRule, kind: str) -> dict[str, Any]:
    """Return a row as its form shows it; of another kind, without the parameters that were for its own."""
    if isinstance(row, EligibilityRule):
        names, params = OF_CONDITION, dict(row.params)
        if "before" in params:
            params["before"] = date.fromisoformat(str(params["before"]))
    else:
        names, params = OF_FIELD, {**row.params, **{f"limit_{code}": n for code, n in row.limits.items()}}
        if row.kind == "file" and "maximum" in params:
            params["maximum"] = -(-params["maximum"] // MIB)
    own = {name: getattr(row, name) for name in names if name != "key"}
    return {**own, **(params if kind == row.kind else {})}


def _params_asked(kind: str, languages: Sequence[str]) -> dict[str, forms.Field]:
    if kind in ("short_text", "long_text"):
        return {
            f"limit_{code}": _number(
                _("At most, characters in %(language)s") % {"language": _language(code)}, 20_000
            )
            for code in languages
        }
    if kind == "choice":
        return _choices_asked()
    if kind == "number":
        bounds = {"required": False, "min_value": -(2**53) + 1, "max_value": 2**53 - 1}
        return {
            "minimum": forms.IntegerField(label=_("Smallest number"), **bounds),
            "maximum": forms.IntegerField(label=_("Largest number"), **bounds),
        }
    if kind == "country":
        return {"maximum": _number(_("At most, countries and regions"), 249)}
    if kind == "contributors":
        return {"maximum": _number(_("At most, persons"), MOST_ROWS)}
    if kind == "file":
        types = forms.MultipleChoiceField(
            label=_("Kinds of file"), choices=FILE_TYPES, widget=forms.CheckboxSelectMultiple, required=False,
            help_text=_("None ticked: any kind."),
        )  # fmt: skip
        return {"types": types, "maximum": _number(_("At most, MiB"), settings.FILE_SIZE_LIMIT // MIB)}
    return {}


def _choices_asked() -> dict[str, forms.Field]:
    lists = [(key, str(scheme)) for key, scheme in schemes_by_key().items()]
    return {
        "scheme": forms.ChoiceField(
            label=_("From a list of topics"), choices=[("", "—"), *lists], required=False,
            help_text=_("The field with the key “topic” takes one; programme and search know its topics."),
        ),
        "options": LinesField(label=_("Or these choices in English, one in a line"), required=False),
        "options_zh": LinesField(label=_("The same in Chinese, in the same order"), required=False),
    }  # fmt: skip


def _number(label: str, most: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=1, max_value=most)


def _language(code: str) -> str:
    return str(LANGUAGES.get(code, code))


class ConditionForm(PartForm):
    """A formal condition: what is asked, and what a refused applicant reads."""

    reason_en = forms.CharField(
        label=gettext_lazy("Reason in English"), max_length=400, required=False,
        help_text=gettext_lazy("What an applicant reads who does not meet it."),
    )  # fmt: skip
    reason_zh = forms.CharField(label=gettext_lazy("Reason in Chinese"), max_length=400, required=False)

    def __init__(
        self, *args: Any, kind: str, specs: Sequence[FieldSpec], languages: Sequence[str], **named: Any
    ) -> None:
        super().__init__(*args, **named)
        self.kind = kind
        fitting = [(spec.key, spec.label or spec.key) for spec in specs if opening.FITTING[kind](spec.kind)]
        self.fields.update(_CONDITIONS_ASKED[kind](fitting, languages))

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not (given.get("reason_en") or given.get("reason_zh")):
            self.add_error(
                "reason_en", _("Give the reason in English or in Chinese; both before the call opens.")
            )
        low, high = given.get("minimum"), given.get("maximum")
        if low is not None and high is not None and high < low:
            self.add_error("maximum", _("The most cannot be less than the least."))
        return given

    def columns(self) -> dict[str, Any]:
        """Return the row as the model keeps it."""
        own, params = _apart(self.values(), OF_CONDITION)
        if self.kind == "date_before":
            params["before"] = params["before"].isoformat()
        return {**own, "kind": self.kind, "params": params}


def _field_asked(fitting: Sequence[tuple[str, str]]) -> forms.Field:
    return forms.ChoiceField(label=_("Field of the form"), choices=fitting)


_CONDITIONS_ASKED = {
    "languages_filled": lambda fitting, languages: {
        "fields": forms.MultipleChoiceField(
            label=_("Fields of the form"), choices=fitting, widget=forms.CheckboxSelectMultiple
        ),
        "languages": forms.MultipleChoiceField(
            label=_("Languages"), choices=[(code, _language(code)) for code in languages],
            widget=forms.CheckboxSelectMultiple,
        ),
    },
    "count_between": lambda fitting, _languages: {
        "field": _field_asked(fitting),
        "minimum": forms.IntegerField(label=_("At least"), min_value=0, max_value=249),
        "maximum": forms.IntegerField(label=_("At most"), min_value=1, max_value=249),
    },
    "date_before": lambda fitting, _languages: {
        "field": _field_asked(fitting), "before": DayField(label=_("Before this day")),
    },
}  # fmt: skip


class MomentField(forms.DateTimeField):
    """A moment, read and written where the call is at home."""

    def __init__(self, **named: Any) -> None:
        super().__init__(widget=forms.DateTimeInput(attrs={"type": "datetime-local"}), **named)
        self.zone = "UTC"

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, datetime):
            return value
        there = value.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)
        return there.isoformat(timespec="seconds" if there.second else "minutes")

    def to_python(self, value: Any) -> Any:
        with timezone.override(ZoneInfo(self.zone)):
            given = super().to_python(value)
        return given and given.astimezone(UTC)


class DetailsForm(ChangeForm):
    """What a call is called, and from when to when it is open."""

    title_en = forms.CharField(label=gettext_lazy("Title in English"), max_length=200)
    title_zh = forms.CharField(label=gettext_lazy("Title in Chinese"), max_length=200)
    word_en = forms.CharField(label=gettext_lazy("Name of one submission in English"), max_length=60)
    word_zh = forms.CharField(label=gettext_lazy("Name of one submission in Chinese"), max_length=60)
    opens_at = MomentField(label=gettext_lazy("Opens at"))
    closes_at = MomentField(label=gettext_lazy("Closes at"))

    def __init__(self, *args: Any, zone: str, **named: Any) -> None:
        super().__init__(*args, **named)
        for name in ("opens_at", "closes_at"):
            self.fields[name].zone = zone
            self.fields[name].help_text = zone

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        opens, closes = given.get("opens_at"), given.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("It has to close after it has opened."))
        return given


class LateCodeForm(forms.Form):
    """Who may come in after the closing time, until when, and why."""

    reason = forms.CharField(
        label=gettext_lazy("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Kept with the call."),
    )  # fmt: skip
    until = MomentField(label=gettext_lazy("Until"))
    applicant = RefField(
        label=gettext_lazy("For whom"), required=False,
        help_text=gettext_lazy("The number of a person or an organisation. Empty: for anyone who has the code."),
    )  # fmt: skip
    uses = forms.IntegerField(
        label=gettext_lazy("For how many submissions"), min_value=1, max_value=100, initial=1
    )

    def __init__(self, *args: Any, zone: str, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["until"].zone = zone
        self.fields["until"].help_text = zone

    def clean_applicant(self) -> dict[str, Any]:
        ref = self.cleaned_data["applicant"]
        if ref is None:
            return {}
        for name, model in (("person", Person), ("organisation", Organisation)):
            if ref.kind == name:
                return {name: model.objects.get(ref=ref)}
        raise forms.ValidationError(
            _("“%(number)s” is no person and no organisation.") % {"number": ref.number}
        )


def details_of(call: Call) -> dict[str, Any]:
    """Return a call as its form of details shows it."""
    return {name: getattr(call, name) for name in DetailsForm.base_fields if name != "was"}


class CopyForm(DetailsForm):
    """A new call with the rules of an earlier one."""

    key = KeyField(
        label=gettext_lazy("Key"), help_text=gettext_lazy("It stands in addresses, such as cases-2027.")
    )
    series = forms.RegexField(
        r"^[A-Z][A-Z0-9-]*\Z", max_length=30, label=gettext_lazy("Series of numbers"),
        help_text=gettext_lazy("What is handed in gets numbers such as CASE-2027-001; write CASE-2027."),
        error_messages={"invalid": gettext_lazy("Capital letters, digits and “-”, beginning with a letter.")},
    )  # fmt: skip
    edition = forms.ModelChoiceField(Edition.objects.none(), label=gettext_lazy("Edition"))
    field_order = ("edition", "key", "series", "title_en", "title_zh")

    def __init__(self, *args: Any, editions: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["edition"].queryset = editions

    def clean_key(self) -> str:
        key = self.cleaned_data["key"]
        if Call.objects.filter(key=key).exists():
            raise forms.ValidationError(_("“%(key)s” is taken already.") % {"key": key})
        return key

    def clean_series(self) -> str:
        series = self.cleaned_data["series"]
        if Call.objects.filter(series=series).exists():
            raise forms.ValidationError(
                _("Another call counts what is handed in to it under “%(series)s”.") % {"series": series}
            )
        return series
