from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.notices.logic import zones_by_region
from secretariat.foundation.notices.queries import Wanted
from secretariat.foundation.notices.states import Delivery

PREFIX = "group-"


class WriteAgainForm(forms.Form):
    """Why mail will arrive now at an address it came back from."""

    reason = forms.CharField(
        label=_("Why it will arrive now"), max_length=400,
        help_text=_("Such as: the owner wrote from it, or the address was mistyped at their server."),
    )  # fmt: skip


class PreferencesForm(forms.Form):
    """How an account wants each group of notices, and when its digest goes out."""

    time_zone = forms.ChoiceField(
        label=_("Your time zone"), help_text=_("Times in your notices and mails are given in it.")
    )
    digest_hour = forms.TypedChoiceField(
        label=_("The mail of the day goes out at"),
        coerce=int,
        choices=[(hour, f"{hour:02}:00") for hour in range(24)],
    )

    def __init__(self, *args: Any, wanted: Sequence[Wanted], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = zones_by_region()
        self.fixed = [one for one in wanted if one.group.mandatory]
        for one in wanted:
            if not one.group.mandatory:
                self.fields[PREFIX + one.group.key] = forms.ChoiceField(
                    label=one.group.label, help_text=one.group.hint, choices=Delivery.choices,
                    widget=forms.RadioSelect, initial=one.delivery,
                )  # fmt: skip

    def groups(self) -> list[forms.BoundField]:
        """The fields of the groups that may be chosen, in their order."""
        return [self[name] for name in self.fields if name.startswith(PREFIX)]

    def choices(self) -> dict[str, str]:
        """What was chosen, by group."""
        return {
            name.removeprefix(PREFIX): value
            for name, value in self.cleaned_data.items()
            if name.startswith(PREFIX)
        }
