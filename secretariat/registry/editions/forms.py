from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from secretariat.foundation.ui.changing import ChangeForm, DayField
from secretariat.registry.editions.models import Edition, Milestone, Series
from secretariat.registry.editions.states import Part
from secretariat.registry.places.forms import PlaceField

CHINESE = {"lang": "zh"}


class EditionForm(ChangeForm):
    """What an edition is called, when and where it is held. Empty is "not recorded"."""

    title_en = forms.CharField(label=gettext_lazy("Title in English"), max_length=200)
    title_zh = forms.CharField(
        label=gettext_lazy("Title in Chinese"), max_length=200, widget=forms.TextInput(attrs=CHINESE)
    )
    starts_on = DayField(label=gettext_lazy("From"), required=False)
    ends_on = DayField(label=gettext_lazy("Until"), required=False)
    venue_en = forms.CharField(label=gettext_lazy("Venue in English"), max_length=200, required=False)
    venue_zh = forms.CharField(
        label=gettext_lazy("Venue in Chinese"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs=CHINESE),
    )
    place = PlaceField()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if last and "starts_on" not in self.errors and (first is None or last < first):
            self.add_error("ends_on", _("An edition cannot end before it starts."))
        return cleaned


class PartsForm(forms.Form):
    """Which parts an edition has."""

    parts = forms.MultipleChoiceField(
        label=gettext_lazy("Parts"), choices=Part.choices, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("It has the pages and rights of these parts only."),
    )  # fmt: skip


class NewEditionForm(EditionForm):
    """An edition that is like no earlier one."""

    field_order = ("series", "year")
    series = forms.ModelChoiceField(label=gettext_lazy("Series"), queryset=Series.objects.order_by("key"))
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=1900, max_value=2999)
    parts = forms.MultipleChoiceField(
        label=gettext_lazy("Parts"), choices=Part.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    simulated = forms.BooleanField(
        label=gettext_lazy("Simulated"), required=False,
        help_text=gettext_lazy("Every page and file of it says so; it is never mixed with what is real."),
    )  # fmt: skip


class NextEditionForm(forms.Form):
    """When the next one begins: every day of the earlier one moves by as much."""

    starts_on = DayField(label=gettext_lazy("First day of the new edition"))
    title_en = forms.CharField(
        label=gettext_lazy("Title in English"), max_length=200, required=False,
        help_text=gettext_lazy("Empty: the earlier title with the new year."),
    )  # fmt: skip
    title_zh = forms.CharField(
        label=gettext_lazy("Title in Chinese"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs=CHINESE),
    )


class MilestoneForm(ChangeForm):
    """A day that matters on the way to an edition."""

    key = forms.SlugField(
        label=gettext_lazy("Key"), max_length=60, help_text=gettext_lazy("Letters, digits and hyphens.")
    )
    title_en = forms.CharField(label=gettext_lazy("Title in English"), max_length=200)
    title_zh = forms.CharField(
        label=gettext_lazy("Title in Chinese"), max_length=200, widget=forms.TextInput(attrs=CHINESE)
    )
    due_on = DayField(label=gettext_lazy("Due on"))
    reached_on = DayField(label=pgettext_lazy("milestone", "Reached on"), required=False)

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        del self.fields["key" if self.current else "reached_on"]


def values_of(edition: Edition) -> dict[str, Any]:
    """Return what the form shows of an edition."""
    return {name: getattr(edition, name) for name in EditionForm.base_fields if name != "was"}


def milestone_values(milestone: Milestone) -> dict[str, Any]:
    """Return what the form shows of a milestone."""
    return {name: getattr(milestone, name) for name in ("title_en", "title_zh", "due_on", "reached_on")}
