from django import forms
from django.utils.translation import gettext_lazy as _


class PairForm(forms.Form):
    """Two records that may be one."""

    one = forms.CharField(label=_("Number of one record"), max_length=60)
    other = forms.CharField(label=_("Number of the other"), max_length=60)

    def clean_one(self) -> str:
        return self.cleaned_data["one"].strip().upper()

    def clean_other(self) -> str:
        return self.cleaned_data["other"].strip().upper()


class ApartForm(forms.Form):
    """Why two records are not the same."""

    reason = forms.CharField(label=_("Why they are two"), max_length=300, required=False)
