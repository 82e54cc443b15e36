from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from secretariat.registry.refs.forms import SuggestInput, number_in
from secretariat.registry.refs.suggesting import ANY


class PairForm(forms.Form):
    """Two records that may be one."""

    one = forms.CharField(label=_("Number of one record"), max_length=300, widget=SuggestInput(ANY))
    other = forms.CharField(label=_("Number of the other"), max_length=300, widget=SuggestInput(ANY))

    def __init__(self, *args: Any, kind: str = ANY, **named: Any) -> None:
        super().__init__(*args, **named)
        for field in self.fields.values():
            field.widget = SuggestInput(kind, {"maxlength": "300"})

    def clean_one(self) -> str:
        return number_in(self.cleaned_data["one"])

    def clean_other(self) -> str:
        return number_in(self.cleaned_data["other"])


class ApartForm(forms.Form):
    """Why two records are not the same."""

    reason = forms.CharField(label=_("Why they are two"), max_length=300, required=False)
