from django import forms
from django.utils.translation import gettext_lazy as _

DAY = {"type": "date"}


class ReasonForm(forms.Form):
    """Why something is done to a member."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class EndForm(ReasonForm):
    """The last day of a membership, and why it ends."""

    field_order = ("ends_on", "reason")
    ends_on = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
