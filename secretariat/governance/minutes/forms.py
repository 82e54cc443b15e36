from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.files.forms import HandedInField
from secretariat.foundation.ui.changing import DayField
from secretariat.governance.ballots.models import Ballot
from secretariat.governance.meetings.models import Meeting
from secretariat.registry.refs.forms import RefField

LONG = 20_000
LANG = {"en": "en", "zh": "zh-Hans"}


def _area(label: Any, rows: int, *, most: int = LONG, **options: Any) -> forms.CharField:
    attrs = {"rows": rows, **options.pop("attrs", {})}
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs=attrs), **options)


class ParagraphForm(forms.Form):
    """The words of a paragraph. ``seen`` is the revision that was read."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    text = _area(gettext_lazy("Text"), 12)

    def __init__(self, data: Any = None, *, language: str, **named: Any) -> None:
        super().__init__(data, **named)
        self.fields["text"].widget.attrs["lang"] = LANG[language]


class CorrectionForm(forms.Form):
    """How a paragraph should read instead, and why."""

    text = _area(gettext_lazy("How it should read"), 12)
    reason = _area(gettext_lazy("Why"), 3, most=1000, required=False)

    def __init__(self, data: Any = None, *, language: str, **named: Any) -> None:
        super().__init__(data, **named)
        self.fields["text"].widget.attrs["lang"] = LANG[language]


class RefusalForm(forms.Form):
    reason = _area(
        gettext_lazy("Reason"), 3, most=1000, help_text=gettext_lazy("Whoever proposed it reads it.")
    )


class CirculateForm(forms.Form):
    """Until when they can be corrected."""

    until = forms.DateTimeField(
        label=gettext_lazy("To be read and corrected until"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, data: Any = None, *, by: datetime, days: int | None, **named: Any) -> None:
        super().__init__(data, initial={"until": by}, **named)
        self.fields["until"].help_text = (
            _("A later meeting adopts them.")
            if days is None
            else _("Then they are adopted by silence, if nothing waits: so the rules of procedure say.")
        )


class AdoptForm(forms.Form):
    """By what the body adopts them."""

    decision = forms.ChoiceField(label=gettext_lazy("Adopted"), widget=forms.RadioSelect)

    def __init__(
        self,
        data: Any = None,
        *,
        decisions: Sequence[tuple[Meeting, Ballot | None]],
        silent: bool,
        **named: Any,
    ) -> None:
        super().__init__(data, **named)
        self.decisions = {_key(*each): each for each in decisions}
        silence = [("silence", _("by silence"))] if silent else []
        self.fields["decision"].choices = [
            *silence, *((key, _words(*each)) for key, each in self.decisions.items()),
        ]  # fmt: skip
        if len(self.fields["decision"].choices) == 1:
            self.fields["decision"].initial = self.fields["decision"].choices[0][0]

    def decided(self) -> tuple[Meeting, Ballot | None] | None:
        """Return the meeting and its ballot; None for silence."""
        return self.decisions.get(self.cleaned_data["decision"])


def _key(meeting: Meeting, ballot: Ballot | None) -> str:
    return ballot.ref.number if ballot else meeting.ref.number


def _words(meeting: Meeting, ballot: Ballot | None) -> str:
    told = {"meeting": meeting, "number": meeting.ref.number}
    if ballot is None:
        return _("at the meeting %(number)s (%(meeting)s), without a vote") % told
    told |= {"ballot": ballot.ref.number, "question": ballot}
    return _("at the meeting %(number)s, by the ballot %(ballot)s: %(question)s") % told


class ResolutionForm(forms.Form):
    """What was resolved, in both languages."""

    title_en = forms.CharField(label=gettext_lazy("Title in English"), max_length=300)
    title_zh = forms.CharField(
        label=gettext_lazy("Title in Chinese"),
        max_length=300,
        widget=forms.TextInput(attrs={"lang": "zh-Hans"}),
    )
    text_en = _area(gettext_lazy("Text in English"), 8)
    text_zh = _area(gettext_lazy("Text in Chinese"), 8, attrs={"lang": "zh-Hans"})


class ActionForm(forms.Form):
    """Who does what by when."""

    title = forms.CharField(label=gettext_lazy("What is to be done"), max_length=300)
    owner = forms.ModelChoiceField(label=gettext_lazy("Owner"), queryset=None)
    due_on = DayField(label=gettext_lazy("Due on"))
    note = _area(gettext_lazy("Note"), 3, most=2000, required=False)

    def __init__(self, data: Any = None, *, owners: Any, today: date, **named: Any) -> None:
        super().__init__(data, **named)
        self.fields["owner"].queryset = owners
        self.fields["due_on"].widget.attrs["min"] = today.isoformat()


class CloseForm(forms.Form):
    """What came of an action, and what shows it."""

    outcome = _area(gettext_lazy("What came of it"), 4, most=4000)
    shown_by = RefField(
        label=gettext_lazy("Shown by"), required=False,
        help_text=gettext_lazy("The number of a letter, a publication, a meeting: whatever shows it."),
    )  # fmt: skip
    file = HandedInField(
        label=gettext_lazy("Or a file"), required=False,
        help_text=gettext_lazy("Who belongs to the body, whoever was given an action, and the desk read it."),
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["file"].actor = actor


class DropForm(forms.Form):
    reason = _area(gettext_lazy("Reason"), 3, most=1000)
