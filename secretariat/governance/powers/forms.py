from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.ui.changing import DayField
from secretariat.governance.bodies.models import Body
from secretariat.governance.bodies.queries import bodies_in_order
from secretariat.registry.refs.models import Ref

CHINESE = {"lang": "zh"}


class PowerForm(forms.Form):
    """A matter that the rules give to a body."""

    name_en = forms.CharField(label=_("Name in English"), max_length=200)
    name_zh = forms.CharField(
        label=_("Name in Chinese"), max_length=200, widget=forms.TextInput(attrs=CHINESE)
    )
    rests_on = forms.CharField(
        label=_("Rests on"), max_length=200, help_text=_("The rule that gives it: Statutes, article 12.")
    )
    starts_on = DayField(label=_("From"))
    ends_on = DayField(
        label=_("Until"), required=False, help_text=_("The last day; empty while it holds on.")
    )


class DelegationForm(forms.Form):
    """To whom a power is delegated, for what, by which decision, from when to when."""

    to = forms.ModelChoiceField(label=_("Delegated to"), queryset=Body.objects.none(), empty_label="—")
    scope_en = forms.CharField(
        label=_("Scope in English"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Empty where the whole power is delegated."),
    )  # fmt: skip
    scope_zh = forms.CharField(
        label=_("Scope in Chinese"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, **CHINESE}),
    )  # fmt: skip
    rests_on = forms.CharField(
        label=_("Rests on"), max_length=200, help_text=_("The rule or the decision by which it is delegated.")
    )
    decision = forms.CharField(
        label=_("Number of the decision"), required=False, max_length=40,
        help_text=_("Where it is kept here: a ballot, a motion, a resolution."),
    )  # fmt: skip
    starts_on = DayField(label=_("From"))
    ends_on = DayField(
        label=_("Until"), required=False, help_text=_("The last day; empty while it holds on.")
    )
    is_public = forms.BooleanField(
        label=_("On the public pages of both bodies"), required=False, initial=True
    )

    def __init__(self, *args: Any, body: Body, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["to"].queryset = bodies_in_order().exclude(pk=body.pk)

    def clean_decision(self) -> Ref | None:
        number = self.cleaned_data["decision"].strip()
        if not number:
            return None
        found = Ref.objects.filter(number=number).first()
        if found is None:
            raise forms.ValidationError(_("Nothing has this number."))
        return found


class RevokeForm(forms.Form):
    """From when on a delegation is revoked, and why."""

    starts_on = DayField(
        label=_("Revoked from"), help_text=_("The day before is the last on which it holds.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=500)


class EndPowerForm(forms.Form):
    """The last day of a power."""

    ends_on = DayField(label=_("Last day"))
