"""Changing what there is: a form that tells one's own changes from those somebody else has saved meanwhile."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.forms.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from secretariat.foundation.ui.tables.columns import in_words

EMPTY = (None, "", [], {}, ())


class ChangeForm(forms.Form):
    """A form over ``current``, the values there are by the name of their field; without them it makes something new.

    What stood there when the page was opened comes back with it. A field that only somebody else has changed since
    keeps her value; one that both have changed is refused once, with both values to be seen.
    """

    was = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any = None, *args: Any, current: Mapping[str, Any] | None = None, **named: Any
    ) -> None:
        self.current = dict(current or {})
        initial = {**named.pop("initial", {}), **self.current, "was": _written(self.current)}
        super().__init__(data, *args, initial=initial, **named)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        begun, conflicts = self._begun(), set()
        for name, value in self.current.items():
            mine, theirs = plain(cleaned.get(name)), plain(value)
            if name in cleaned and mine not in (theirs, begun.get(name)) and theirs != begun.get(name):
                self.add_error(name, _both(self[name], value))
                conflicts.add(name)
        if conflicts:
            # Seen now: whoever sends the form again means to replace it.
            seen = {name: plain(self.current[name]) for name in conflicts}
            self.data = self.data.copy()
            self.data["was"] = json.dumps({**begun, **seen})
        return cleaned

    def changes(self) -> dict[str, Any]:
        """Return the values this reader has changed; all of them where there were none before."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "was"}
        if not self.current:
            return values
        begun = self._begun()
        return {
            name: value
            for name, value in values.items()
            if plain(value) != plain(self.current.get(name)) and plain(value) != begun.get(name, plain(None))
        }

    def told(self) -> str:
        """Say what is changed, field by field, before and after."""
        before, after = self.current, self.changes()
        words = [
            pgettext("change", "%(field)s: %(before)s → %(after)s")
            % {"field": self.fields[name].label, "before": shown(self[name], before.get(name)) or "—",
               "after": shown(self[name], value) or "—"}
            for name, value in after.items() if name in before
        ]  # fmt: skip
        return "; ".join(words)

    def _begun(self) -> dict[str, Any]:
        try:
            begun = json.loads(self.cleaned_data.get("was") or "")
        except ValueError:
            begun = None
        return (
            begun if isinstance(begun, dict) else {name: plain(value) for name, value in self.current.items()}
        )


def change_page(
    request: HttpRequest, form: BaseForm, save: Callable[[Any], str], *, heading: Any, back: str,
    button: Any = "", refusals: tuple[type[Exception], ...] = (ValueError,), **context: Any,
) -> HttpResponse:  # fmt: skip
    """Show a form, or hand it to ``save``, which makes one call to one action and returns where to go.

    What the action refuses stands above the form, and everything that was typed stays in it.
    """
    if request.method == "POST" and form.is_valid():
        told = form.told() if isinstance(form, ChangeForm) else ""
        try:
            path = save(form)
        except refusals as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved. %(changes)s") % {"changes": told} if told else _("Saved."))
            return HttpResponseRedirect(path)
    shown = {"form": form, "heading": heading, "back": back, "button": button, **context}
    return render(request, "ui/change_page.html", shown, status=422 if form.errors else 200)


def plain(value: Any) -> Any:
    """Return a value as it can be compared and sent: rows by their keys, days as text, nothing as an empty text."""
    if value in EMPTY:
        return ""
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(each) for each in value]
    return value if isinstance(value, bool | int) else str(value)


def shown(bound: Any, value: Any) -> str:
    """Return a value in words: that of a choice, or of what it points to."""
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {text}" for key, text in value.items())
    choices = {} if hasattr(bound.field, "queryset") else dict(getattr(bound.field, "choices", ()))
    if isinstance(value, list | tuple):
        return in_words([choices.get(each, each) for each in value])
    return in_words(choices.get(value, value)) if value not in EMPTY else ""


def _both(bound: Any, theirs: Any) -> str:
    words = _(
        "Somebody else has written “%(theirs)s” here meanwhile. Yours stands in the field; save again to replace it."
    )
    return words % {"theirs": shown(bound, theirs) or "—"}


def _written(values: Mapping[str, Any]) -> str:
    return json.dumps({name: plain(value) for name, value in values.items()})


class WordsField(forms.CharField):
    """A list of words in one line, with commas between them."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[str]:
        text = super().clean(value).replace("、", ",").replace("，", ",").replace(";", ",")
        return [word.strip() for word in text.split(",") if word.strip()]


class NamesField(forms.CharField):
    """Names in further languages, one in a line: ``ar: …``."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return (
            "\n".join(f"{key}: {text}" for key, text in value.items())
            if isinstance(value, Mapping)
            else value
        )

    def clean(self, value: Any) -> dict[str, str]:
        names = {}
        for line in super().clean(value).splitlines():
            key, colon, text = line.replace("：", ":").partition(":")
            if line.strip() and not (colon and key.strip() and text.strip()):
                raise forms.ValidationError(
                    _("Write the language, a colon and the name: “ar: …”, each in a line.")
                )
            if line.strip():
                names[key.strip().lower()] = " ".join(text.split())
        return names


class DayField(forms.DateField):
    """A day, with the calendar of the browser."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**options)
