from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.files.forms import HandedInField
from secretariat.foundation.ui.changing import ChangeForm
from secretariat.governance.ballots.states import Base, Majority, Method
from secretariat.governance.bodies.models import Body
from secretariat.governance.meetings.models import AgendaItem, Meeting
from secretariat.governance.meetings.states import Audience, How, Mode, Purpose, Stance
from secretariat.registry.people.forms import PersonField
from secretariat.registry.refs.forms import RefField

MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
# Names that lead somewhere, and not the aliases that the database of time zones keeps beside them.
ZONES = sorted(
    name
    for name in available_timezones()
    if name == "UTC" or name.partition("/")[0] in {
        "Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific",
    }
)  # fmt: skip


class MeetingForm(forms.Form):
    """A meeting. Its times are read by the clock of its place."""

    title_en = forms.CharField(label=_("Title in English"), max_length=200)
    title_zh = forms.CharField(label=_("Title in Chinese"), max_length=200)
    starts_at = forms.DateTimeField(label=_("Begins"), widget=MOMENT)
    ends_at = forms.DateTimeField(label=_("Ends"), widget=MOMENT)
    zone = forms.ChoiceField(
        label=_("Time zone"), choices=[(name, name.replace("_", " ")) for name in ZONES],
        help_text=_("The times above are those of this zone."),
    )  # fmt: skip
    how = forms.ChoiceField(label=_("How"), choices=How.choices)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    link = forms.URLField(
        label=_("Link"), max_length=500, required=False, assume_scheme="https",
        help_text=_("For whoever attends at a distance. Only the body sees it."),
    )  # fmt: skip
    audience = forms.ChoiceField(
        label=_("Who sees it"), choices=[(each.value, each.label) for each in (Audience.BODY, Audience.PUBLIC)],
        help_text=_("Of a public meeting everybody sees the items that are public, once it is convened."),
    )  # fmt: skip
    speech_seconds = forms.IntegerField(label=_("Time to speak (seconds)"), min_value=10, max_value=3600)

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        for name in ("starts_at", "ends_at"):
            if told.get(name) and told.get("zone"):
                told[name] = _by_the_clock_of(told["zone"], told[name])
        if told.get("starts_at") and told.get("ends_at") and told["ends_at"] <= told["starts_at"]:
            self.add_error("ends_at", _("A meeting ends after it begins."))
        return told


class NewMeetingForm(MeetingForm):
    """A meeting to be planned."""

    body = forms.ModelChoiceField(label=_("Body"), queryset=Body.objects.none())
    field_order = ["body"]

    def __init__(self, *args: Any, bodies: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["body"].queryset = bodies


class ChangeMeetingForm(MeetingForm):
    """A meeting that is moved or renamed; why, where it was convened."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, required=False,
        help_text=_("Needed where it is moved forward and the notice becomes shorter than the rules ask for."),
    )  # fmt: skip


def _by_the_clock_of(zone: str, moment: datetime) -> datetime:
    """Take what was typed for a time of that zone, whatever zone the page is shown in."""
    return timezone.make_naive(moment).replace(tzinfo=ZoneInfo(zone))


def meeting_values(meeting: Meeting) -> dict[str, Any]:
    """Return a meeting as its form shows it."""
    zone = ZoneInfo(meeting.zone)
    values = {name: getattr(meeting, name) for name in MeetingForm.base_fields}
    for name in ("starts_at", "ends_at"):
        values[name] = values[name].astimezone(zone).strftime("%Y-%m-%dT%H:%M")
    return values


class ItemForm(ChangeForm):
    """An item of an agenda."""

    title_en = forms.CharField(label=_("Title in English"), max_length=300)
    title_zh = forms.CharField(label=_("Title in Chinese"), max_length=300)
    purpose = forms.ChoiceField(label=_("Purpose"), choices=Purpose.choices)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=1440, required=False)
    audience = forms.ChoiceField(label=_("Who sees it"), choices=Audience.choices)
    subject = RefField(
        label=_("About"), required=False,
        help_text=_("The number of a motion, a ballot, an application: recusals are proposed from its parties."),
    )  # fmt: skip


def item_values(item: AgendaItem) -> dict[str, Any]:
    """Return an item as its form shows it."""
    return {name: getattr(item, name) for name in ItemForm.base_fields if name != "was"}


class PaperForm(forms.Form):
    """A paper, announced or handed in at once."""

    title_en = forms.CharField(label=_("Title in English"), max_length=300)
    title_zh = forms.CharField(label=_("Title in Chinese"), max_length=300)


class VersionForm(forms.Form):
    """A paper in one language."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    file = HandedInField(label=_("File"), help_text=_("PDF is read everywhere. Earlier versions are kept."))

    def __init__(self, *args: Any, actor: Actor, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["file"].actor = actor


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=500)


class ConveneForm(forms.Form):
    reason = forms.CharField(
        label=_("Why the notice is short"), max_length=500, required=False,
        help_text=_("Asked for where the notice is shorter than the rules of procedure want. Everybody sees it."),
    )  # fmt: skip


class GuestForm(forms.Form):
    """Somebody who has no place in the body and is there all the same."""

    person = PersonField(label=_("Person"))
    mode = forms.ChoiceField(label=_("How"), choices=Mode.choices)


class VoteForm(forms.Form):
    """The question put on an item; what is left empty is taken from the item and from the rules of procedure."""

    question_en = forms.CharField(label=_("Question in English"), max_length=400, required=False)
    question_zh = forms.CharField(label=_("Question in Chinese"), max_length=400, required=False)
    method = forms.ChoiceField(
        label=_("Method"), choices=[(each.value, each.label) for each in (Method.ROLL_CALL, Method.HANDS)]
    )
    majority = forms.ChoiceField(
        label=_("Majority"),
        required=False,
        choices=[("", _("as the rules of procedure say")), *Majority.choices],
    )
    base = forms.ChoiceField(
        label=_("Measured"), required=False, choices=[("", _("as the rules of procedure say")), *Base.choices]
    )

    def said(self) -> dict[str, Any]:
        """Return what was said, without what is left open."""
        return {name: value for name, value in self.cleaned_data.items() if value}


class AlternateForm(forms.Form):
    """An alternate called in, by her term, or called off, by the call; either with a reason."""

    key = forms.UUIDField(label=_("Alternate"))
    reason = forms.CharField(label=_("Reason"), max_length=500)


class RecuseForm(forms.Form):
    person = forms.UUIDField(label=_("Person"))
    reason = forms.CharField(label=_("Reason"), max_length=500)
    found = forms.CharField(max_length=60, required=False)


class FloorForm(forms.Form):
    person = forms.UUIDField(label=_("Person"), required=False)
    stance = forms.ChoiceField(label=_("Stance"), choices=Stance.choices)


class LimitForm(forms.Form):
    seconds = forms.IntegerField(label=_("Seconds"), min_value=1, max_value=3600)
