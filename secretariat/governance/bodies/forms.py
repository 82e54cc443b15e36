from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secretariat.foundation.ui.changing import ChangeForm, DayField
from secretariat.governance.bodies.models import Body, Seat
from secretariat.governance.bodies.queries import bodies_in_order
from secretariat.governance.bodies.states import Flag, Holder, Role
from secretariat.registry.editions.models import Edition
from secretariat.registry.organisations.forms import OrganisationField
from secretariat.registry.people.forms import PersonField

CHINESE = {"lang": "zh"}
USUAL_LEAD = 12  # months
NUMBERS = {"min_value": 1, "max_value": 100, "required": False}


class BodyForm(ChangeForm):
    """What a body is called, is and does."""

    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=200)
    name_zh = forms.CharField(
        label=gettext_lazy("Name in Chinese"), max_length=200, widget=forms.TextInput(attrs=CHINESE)
    )
    flags = forms.MultipleChoiceField(
        label=gettext_lazy("What it is and does"), choices=Flag.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("What those who sit in it may do hangs on this, never on its name."),
    )  # fmt: skip
    parent = forms.ModelChoiceField(
        label=gettext_lazy("Answers to"), queryset=Body.objects.none(), required=False, empty_label="—"
    )
    term_years = forms.IntegerField(label=gettext_lazy("Length of a term (years)"), **NUMBERS)
    meets_every_years = forms.IntegerField(label=gettext_lazy("Meets every (years)"), **NUMBERS)
    warns_months = forms.IntegerField(
        label=gettext_lazy("Warned before a session is due (months)"), min_value=1, max_value=60, initial=12,
        required=False,
        help_text=gettext_lazy("From then on it stands among the desk's duties until a session is planned in time."),
    )  # fmt: skip
    position = forms.IntegerField(label=gettext_lazy("Position"), min_value=0, max_value=9999, required=False)

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["parent"].queryset = bodies_in_order()

    def clean_warns_months(self) -> int:
        return self.cleaned_data["warns_months"] or USUAL_LEAD


class NewBodyForm(BodyForm):
    """A body that is not there yet: its key, and the edition it is made for."""

    key = forms.SlugField(
        label=gettext_lazy("Key"), max_length=80,
        help_text=gettext_lazy("Letters, digits and hyphens; it names the body in files and stays for good."),
    )  # fmt: skip
    edition = forms.ModelChoiceField(
        label=gettext_lazy("Of one edition only"), queryset=Edition.objects.order_by("-year", "series__key"),
        required=False, empty_label=gettext_lazy("no, a lasting body"),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if Body.objects.filter(key=cleaned.get("key", ""), edition=cleaned.get("edition")).exists():
            self.add_error("key", _("There is a body with this key already."))
        return cleaned


class SeatForm(ChangeForm):
    """What a seat is called. Many seats have no title: their number says enough."""

    title_en = forms.CharField(label=gettext_lazy("Title in English"), max_length=200, required=False)
    title_zh = forms.CharField(
        label=gettext_lazy("Title in Chinese"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs=CHINESE),
    )
    position = forms.IntegerField(label=gettext_lazy("Position"), min_value=0, max_value=9999)


class NewSeatsForm(forms.Form):
    """One seat or several alike, at the end of a body."""

    number = forms.IntegerField(label=gettext_lazy("How many"), min_value=1, max_value=200, initial=1)
    holder = forms.ChoiceField(label=gettext_lazy("Held by"), choices=Holder.choices)
    title_en = forms.CharField(label=gettext_lazy("Title in English"), max_length=200, required=False)
    title_zh = forms.CharField(
        label=gettext_lazy("Title in Chinese"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs=CHINESE),
    )


class TermForm(forms.Form):
    """Who holds a seat, as what, and from when to when. The fields are those of the seat's kind of holder."""

    organisation = OrganisationField(label=gettext_lazy("Organisation"))
    person = PersonField(label=gettext_lazy("Person"))
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.choices)
    starts_on = DayField(label=gettext_lazy("From"))
    ends_on = DayField(
        label=gettext_lazy("Until"),
        required=False,
        help_text=gettext_lazy("The last day; empty while it holds on."),
    )

    def __init__(self, *args: Any, seat: Seat, role: str = "", **named: Any) -> None:
        super().__init__(*args, **named)
        if role:
            del self.fields["role"]
        if seat.holder == Holder.PERSON:
            del self.fields["organisation"]
        else:
            self.fields["person"].required = False
            self.fields["person"].label = _("Delegate")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("A term cannot end before it starts."))
        return cleaned


class AsOfForm(forms.Form):
    """The day a reader asks about; ``last`` is the last day that can be."""

    on = DayField(label=gettext_lazy("As of"), required=False)

    def __init__(self, *args: Any, today: date, last: date | None = None, **named: Any) -> None:
        super().__init__(*args, **named)
        self.today, self.last = today, last

    def clean_on(self) -> date | None:
        day = self.cleaned_data["on"]
        if day and self.last and day > self.last:
            raise forms.ValidationError(_("That day has not come yet."))
        return day

    @property
    def day(self) -> date:
        """The day asked about; today where none was, or none that can be."""
        return (self.is_valid() and self.cleaned_data["on"]) or self.today


class EndTermForm(forms.Form):
    """The last day of a term."""

    ends_on = DayField(label=gettext_lazy("Last day"))

    def __init__(self, *args: Any, today: date, **named: Any) -> None:
        super().__init__(*args, initial={"ends_on": today}, **named)


class CallInForm(forms.Form):
    """From when to when an alternate acts for her seat, and why."""

    starts_on = DayField(label=gettext_lazy("From"))
    ends_on = DayField(
        label=gettext_lazy("Until"),
        required=False,
        help_text=gettext_lazy("The last day; empty until she is called off."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=500,
        help_text=gettext_lazy("Read by the desk and by those who run the body's meetings."),
    )  # fmt: skip


class CallOffForm(forms.Form):
    """The last day of a call, or why it is void."""

    ends_on = DayField(
        label=gettext_lazy("Last day"),
        required=False,
        help_text=gettext_lazy("Empty where the alternate was never to act: then say why."),
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "ends_on" in cleaned and not cleaned["ends_on"] and not cleaned.get("reason"):
            self.add_error("reason", _("A call is called off with a reason."))
        return cleaned


class ManyEndForm(forms.Form):
    """The last day of many terms."""

    ends_on = DayField(label=gettext_lazy("Last day"))


class ExtendForm(forms.Form):
    """Until when terms hold on."""

    ends_on = DayField(
        label=gettext_lazy("Until"),
        required=False,
        help_text=gettext_lazy("The last day; empty while it holds on."),
    )


def body_values(body: Body) -> dict[str, Any]:
    """Return what the form shows of a body."""
    return {name: getattr(body, name) for name in BodyForm.base_fields if name != "was"}


def seat_values(seat: Seat) -> dict[str, Any]:
    """Return what the form shows of a seat."""
    return {name: getattr(seat, name) for name in SeatForm.base_fields if name != "was"}
