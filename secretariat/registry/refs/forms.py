from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secretariat.registry.refs.models import Ref
from secretariat.registry.refs.suggesting import ANY


class SuggestInput(forms.TextInput):
    """A box below which is shown what may be meant while somebody writes; without scripts a plain box."""

    def __init__(self, kind: str, attrs: dict[str, Any] | None = None) -> None:
        path = reverse_lazy("desk_refs:suggest", args=[kind])
        super().__init__(
            {"autocomplete": "off", "spellcheck": "false", "data-suggests": path, **(attrs or {})}
        )


def number_in(text: str) -> str:
    """Return the number that a box begins with; whoever chose a suggestion has the name behind it."""
    return text.strip().split(" ")[0].upper() if text.strip() else ""


class RefField(forms.CharField):
    """Whatever has a number: a letter, a submission, a body, a task."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", SuggestInput(ANY))
        options.setdefault("help_text", gettext_lazy("Its number."))
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        return value.number if isinstance(value, Ref) else value

    def clean(self, value: Any) -> Ref | None:
        text = super().clean(value)
        if not text:
            return None
        found = Ref.objects.filter(number=number_in(text)).first()
        if found is None:
            raise ValidationError(_("Nothing has the number “%(text)s”.") % {"text": number_in(text)})
        return found
