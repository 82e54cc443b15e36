from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from secretariat.registry.relations.states import RelationKind

DAY = forms.DateInput(attrs={"type": "date"})


class RelationForm(forms.Form):
    """To whom somebody is tied, by what, since when."""

    name = forms.CharField(
        label=pgettext_lazy("relation", "To whom"), max_length=200,
        help_text=_("The name of a person or an organisation, as it is written there: in Latin letters or in Chinese."),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Kind of relation"), choices=RelationKind.choices)
    starts_on = forms.DateField(label=pgettext_lazy("relation", "Since"), required=False, widget=DAY)
    note = forms.CharField(
        label=_("Words of your own"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Nobody but you reads them."),
    )  # fmt: skip


class PinForm(RelationForm):
    """A relation that somebody did not declare, and on what it is known."""

    note = None
    reason = forms.CharField(
        label=_("On what it is known"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The person reads it."),
    )  # fmt: skip


class EndForm(forms.Form):
    """Until when a relation held."""

    ends_on = forms.DateField(label=pgettext_lazy("relation", "Until"), widget=DAY)
