from django import forms
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.accounts.naming import Known, find_person


class WishForm(forms.Form):
    """To be forgotten: nothing needs to be said."""

    note = forms.CharField(
        label=_("Anything we should know"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class EnteredWishForm(forms.Form):
    """What somebody asked for by letter: who she is, and how she asked."""

    number = forms.CharField(
        label=_("Number of the person"), max_length=20, help_text=_("Such as PER-00041.")
    )
    note = forms.CharField(
        label=_("How she asked for it"), max_length=1000, help_text=_("Such as the number of her letter.")
    )

    def clean_number(self) -> str:
        number = self.cleaned_data["number"].strip().upper()
        self.person: Known | None = find_person(number)
        if self.person is None:
            raise forms.ValidationError(_("There is no person with this number."))
        return number


class TypedForm(forms.Form):
    """The number once more, by hand."""

    typed = forms.CharField(label=_("Type the number to confirm"), max_length=60)


class RowsForm(forms.Form):
    """How many rows, once more, by hand."""

    rows = forms.IntegerField(label=_("Type the number of rows to confirm"), min_value=1)


class ReasonForm(forms.Form):
    """Why not."""

    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
