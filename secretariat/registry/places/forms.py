from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.ui.changing import ChangeForm, NamesField
from secretariat.registry.places.models import Group, Place
from secretariat.registry.places.queries import groups_with, places_in_order


class PlaceField(forms.ModelChoiceField):
    """A country or region, in the order of lists; known by its two letters."""

    def __init__(self, **options: Any) -> None:
        options = {
            "label": _("Country or region"),
            "required": False,
            "empty_label": _("not recorded"),
            **options,
        }
        super().__init__(queryset=Place.objects.none(), to_field_name="alpha2", **options)

    def __deepcopy__(self, memo: Any) -> "PlaceField":
        field = super().__deepcopy__(memo)
        field.queryset = places_in_order()  # in the language of whoever reads now
        return field


class PlaceForm(ChangeForm):
    """What the organisation calls a place, where it stands in lists, and its group in each grouping."""

    own_en = forms.CharField(
        label=_("Our name in English"), max_length=120, required=False,
        help_text=_("Empty in both languages: the usual name of the Unicode CLDR."),
    )  # fmt: skip
    own_zh = forms.CharField(
        label=_("Our name in Chinese"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"lang": "zh"}),
    )
    further = NamesField(
        label=_("Our names in further languages"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One in a line, after the language: “fr: …”."),
    )  # fmt: skip
    position = forms.IntegerField(
        label=_("Position before all others"), min_value=0, max_value=999, required=False,
        help_text=_("Empty: where its name stands."),
    )  # fmt: skip

    def __init__(self, *args: Any, place: Place, **named: Any) -> None:
        self.groupings = groups_with(place.pk)
        own = dict(place.names)
        current = {
            "own_en": own.pop("en", ""),
            "own_zh": own.pop("zh", ""),
            "further": own,
            "position": place.position,
        }
        current |= {f"group_{grouping.key}": chosen for grouping, _groups, chosen in self.groupings}
        super().__init__(*args, current=current, **named)
        for grouping, groups, chosen in self.groupings:
            there = Group.objects.filter(pk__in=[group.pk for group in groups]).order_by("position")
            self.fields[f"group_{grouping.key}"] = forms.ModelChoiceField(
                label=str(grouping), queryset=there,
                required=False, empty_label=_("none, it stands aside") if chosen is None else None,
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        names = {name for name in ("own_en", "own_zh", "further") if cleaned.get(name)}
        for name in ("own_en", "own_zh"):
            if names and name not in names and name not in self.errors:
                self.add_error(name, _("A country or region needs a name in English and in Chinese."))
        return cleaned
