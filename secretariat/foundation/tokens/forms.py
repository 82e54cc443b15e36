from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.tokens.scopes import SCOPES

TERMS = {30: _("30 days"), 90: _("90 days"), 180: _("180 days"), 365: _("one year")}


class TokenForm(forms.Form):
    """Name a token and say what it may be used for; ``scopes`` are those open to whoever makes it."""

    name = forms.CharField(
        label=_("Name"), max_length=60, help_text=_("The program that will use it, such as “Nightly export”.")
    )
    scopes = forms.MultipleChoiceField(label=_("May be used to"), widget=forms.CheckboxSelectMultiple)
    days = forms.TypedChoiceField(label=_("Holds for"), choices=list(TERMS.items()), coerce=int, initial=90)

    def __init__(self, *arguments: Any, scopes: list[str], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["scopes"].choices = [(scope, SCOPES[scope]) for scope in scopes]
