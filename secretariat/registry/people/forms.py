from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secretariat.foundation.accounts.models import Account
from secretariat.foundation.ui.changing import ChangeForm, DayField, NamesField, WordsField
from secretariat.registry.organisations.forms import FoundField, OrganisationField
from secretariat.registry.people.logic import clean_orcid
from secretariat.registry.people.models import Affiliation, Person
from secretariat.registry.people.queries import live_people, named
from secretariat.registry.people.states import AffiliationRole, NameOrder
from secretariat.registry.places.forms import PlaceField

CHINESE = {"lang": "zh"}


class PersonField(FoundField):
    """A person, by number or by name in any script."""

    kind = "person"

    def candidates(self, text: str) -> list[Person]:
        found = live_people().select_related("ref")
        for word in text.split():
            found = found.filter(named(word))
        return list(found[:6])


class PersonForm(ChangeForm):
    """What is recorded of a person herself."""

    given_name = forms.CharField(label=gettext_lazy("Given name"), max_length=150, required=False)
    family_name = forms.CharField(label=gettext_lazy("Family name"), max_length=150, required=False)
    name_order = forms.ChoiceField(label=gettext_lazy("Order of names"), choices=NameOrder.choices)
    name_zh = forms.CharField(
        label=gettext_lazy("Name in Chinese"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs=CHINESE),
    )
    names = NamesField(
        label=gettext_lazy("Names in further scripts"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One in a line, after the language: “ar: …”."),
    )  # fmt: skip
    honorific = forms.CharField(label=gettext_lazy("Honorific"), max_length=60, required=False)
    orcid = forms.CharField(label=gettext_lazy("ORCID iD"), required=False, help_text="0000-0002-1825-0097")
    languages = WordsField(
        label=gettext_lazy("Languages"), required=False,
        help_text=gettext_lazy("Codes with commas between them, the preferred one first: en, zh-hans."),
    )  # fmt: skip
    country = PlaceField()

    def clean_orcid(self) -> str:
        try:
            return clean_orcid(self.cleaned_data["orcid"])
        except ValueError as wrong:
            raise ValidationError(str(wrong)) from None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if (
            not any(cleaned.get(name) for name in ("given_name", "family_name", "name_zh"))
            and not self.errors
        ):
            self.add_error("given_name", _("A person needs a name, in Latin letters or in Chinese."))
        return cleaned


class AffiliationForm(ChangeForm):
    """Where a person works, as what, and from when to when. The organisation of a recorded one stays."""

    organisation = OrganisationField(label=gettext_lazy("Organisation"))
    role = forms.ChoiceField(
        label=gettext_lazy("Role"), choices=AffiliationRole.choices,
        help_text=gettext_lazy("A representative may act for the organisation here; staff may not."),
    )  # fmt: skip
    title_en = forms.CharField(label=gettext_lazy("Title in English"), max_length=200, required=False)
    title_zh = forms.CharField(
        label=gettext_lazy("Title in Chinese"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs=CHINESE),
    )
    starts_on = DayField(label=gettext_lazy("From"))
    ends_on = DayField(
        label=gettext_lazy("Until"),
        required=False,
        help_text=gettext_lazy("The last day; empty while it holds on."),
    )
    source = forms.CharField(label=gettext_lazy("Source"), max_length=300, required=False)

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        if self.current:
            del self.fields["organisation"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("An affiliation cannot end before it starts."))
        return cleaned


class AccountForm(forms.Form):
    """By which address an account is known."""

    email = forms.EmailField(label=gettext_lazy("E-mail address of the account"))

    def clean_email(self) -> Account:
        found = Account.objects.filter(email__iexact=self.cleaned_data["email"]).first()
        if found is None:
            raise ValidationError(_("No account has this address; invite the person instead."))
        return found


def values_of(person: Person) -> dict[str, Any]:
    """Return what the form shows of a person."""
    return {name: getattr(person, name) for name in PersonForm.base_fields if name != "was"}


def affiliation_values(affiliation: Affiliation) -> dict[str, Any]:
    """Return what the form shows of an affiliation."""
    names = set(AffiliationForm.base_fields) - {"was", "organisation"}
    return {name: getattr(affiliation, name) for name in AffiliationForm.base_fields if name in names}
