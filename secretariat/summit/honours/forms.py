from datetime import datetime, time
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from secretariat.summit.calls.models import Call


class DayForm(forms.Form):
    """A day that ends something, in the time zone of the call."""

    day = forms.DateField(label=_("Until the end of"), widget=forms.DateInput(attrs={"type": "date"}))

    def end(self, call: Call) -> datetime:
        """The end of that day where the call is at home."""
        return datetime.combine(self.cleaned_data["day"], time(23, 59), ZoneInfo(call.zone))


class ReleaseForm(forms.Form):
    """The minute at which results are told, in the time zone of the call; and why, where there was another one."""

    at = forms.DateTimeField(
        label=_("Release at"), input_formats=["%Y-%m-%dT%H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed where another moment was set before."),
    )  # fmt: skip

    def moment(self, call: Call) -> datetime:
        """That minute where the call is at home."""
        return self.cleaned_data["at"].replace(tzinfo=ZoneInfo(call.zone))


class RevokeForm(forms.Form):
    """Why an honour is taken back."""

    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


class AnswerForm(forms.Form):
    """Yes or no, once."""

    answer = forms.ChoiceField(choices=[("yes", _("yes")), ("no", _("no"))])
