from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.tokens.scopes import SCOPES, SERVICE

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


class ResponsibleForm(forms.Form):
    """Who answers for a service token; ``people`` are those who can, by account and name."""

    responsible = forms.TypedChoiceField(
        label=_("Responsible person"), coerce=UUID,
        help_text=_("Is told before it ends, and asked what the program does. It gets no right of hers."),
    )  # fmt: skip

    def __init__(self, *arguments: Any, people: Sequence[tuple[UUID, str]], **named: Any) -> None:
        super().__init__(*arguments, **named)
        choices = [(str(account), name) for account, name in people]
        self.fields["responsible"].choices = [("", _("Choose somebody")), *choices]


class ServiceTokenForm(ResponsibleForm, TokenForm):
    """Name a token of the organisation, say what it may be used for, and who answers for it."""

    field_order = ["name", "scopes", "responsible", "days"]

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, scopes=SERVICE, **named)


class RenewForm(forms.Form):
    """How long the token that takes another's place holds."""

    days = forms.TypedChoiceField(label=_("Holds for"), choices=list(TERMS.items()), coerce=int, initial=90)
