from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secretariat.foundation.ui.changing import ChangeForm, NamesField, WordsField
from secretariat.registry.organisations.logic import clean_domains, clean_ror
from secretariat.registry.organisations.models import Organisation
from secretariat.registry.organisations.queries import live_organisations, search_organisations
from secretariat.registry.organisations.states import OrganisationKind
from secretariat.registry.places.forms import PlaceField
from secretariat.registry.refs.forms import SuggestInput

CHINESE = {"lang": "zh"}


class FoundField(forms.CharField):
    """A row of the registry, written as its number or as its name; where several are meant, they are told."""

    hint = gettext_lazy("Number or name.")
    kind = ""  # of what is suggested while it is written

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", self.hint)
        options.setdefault("widget", SuggestInput(self.kind))
        super().__init__(**options)

    def candidates(self, text: str) -> list[Any]:
        """Return up to six rows that may be meant; one that is named by its number stands alone."""
        return []

    def prepare_value(self, value: Any) -> Any:
        return f"{value.ref.number} {value}" if hasattr(value, "ref") else value

    def clean(self, value: Any) -> Any:
        text = " ".join(super().clean(value).split())
        if not text:
            return None
        first = text.split(" ")[0]
        number = first if first[:4].isupper() and first[3:4] == "-" else ""
        found = self.candidates(number or text)
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(_("Nothing in the registry is called “%(text)s”.") % {"text": text})
        several = "; ".join(f"{each.ref.number} {each}" for each in found)
        raise ValidationError(_("Several may be meant; write the number: %(several)s") % {"several": several})


class OrganisationField(FoundField):
    """An organisation, by number or name."""

    kind = "organisation"

    def candidates(self, text: str) -> list[Organisation]:
        if numbered := live_organisations().select_related("ref").filter(ref__number=text):
            return list(numbered)
        found = search_organisations(text, limit=6)
        exact = [
            each
            for each in found
            if text.casefold() in (each.name_en.casefold(), each.name_zh, each.acronym.casefold())
        ]
        return exact or found


class OrganisationForm(ChangeForm):
    """What is recorded of an organisation."""

    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=300, required=False)
    name_zh = forms.CharField(
        label=gettext_lazy("Name in Chinese"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs=CHINESE),
    )
    names = NamesField(
        label=gettext_lazy("Names in further languages"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One in a line, after the language: “fr: …”."),
    )  # fmt: skip
    acronym = forms.CharField(label=gettext_lazy("Acronym"), max_length=40, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=OrganisationKind.choices)
    country = PlaceField()
    parent = OrganisationField(label=gettext_lazy("Belongs to"), required=False)
    ror = forms.CharField(label=gettext_lazy("ROR id"), required=False, help_text="05dxps055")
    website = forms.URLField(label=gettext_lazy("Website"), required=False, assume_scheme="https")
    email_domains = WordsField(
        label=gettext_lazy("E-mail domains"), required=False,
        help_text=gettext_lazy("With commas between them. Not those where anybody may have a mailbox."),
    )  # fmt: skip

    def clean_ror(self) -> str:
        return _cleaned(clean_ror, self.cleaned_data["ror"])

    def clean_email_domains(self) -> list[str]:
        return _cleaned(clean_domains, self.cleaned_data["email_domains"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("name_en") and not cleaned.get("name_zh") and not self.errors:
            self.add_error("name_en", _("An organisation needs a name in English or in Chinese."))
        return cleaned


def _cleaned(clean: Any, value: Any) -> Any:
    try:
        return clean(value)
    except ValueError as wrong:
        raise ValidationError(str(wrong)) from None


def values_of(organisation: Organisation) -> dict[str, Any]:
    """Return what the form shows of an organisation."""
    return {name: getattr(organisation, name) for name in OrganisationForm.base_fields if name != "was"}
