from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secretariat.foundation.ui.changing import ChangeForm, DayField
from secretariat.governance.membership.logic import OVERRIDES
from secretariat.governance.membership.models import Category
from secretariat.governance.membership.states import Holder, Part, Standing
from secretariat.registry.organisations.forms import OrganisationField
from secretariat.registry.people.forms import PersonField


class LinesField(forms.CharField):
    """Addresses on the web, each in a line of its own."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[str]:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        return [forms.URLField(assume_scheme="https").clean(line) for line in lines[:10]]


class NothingForm(forms.Form):
    """Nothing is asked but to confirm."""

    def __init__(self, data: Any = None, **named: Any) -> None:
        super().__init__(data, **named)


class ReasonForm(forms.Form):
    """Why something is done to a member."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class EndForm(ReasonForm):
    """The last day of a membership, and why it ends."""

    field_order = ("ends_on", "resigned", "reason")
    ends_on = DayField(label=gettext_lazy("Last day"))
    resigned = forms.BooleanField(
        label=gettext_lazy("The member itself leaves"), required=False,
        help_text=gettext_lazy("A resignation; otherwise the organisation ends the membership."),
    )  # fmt: skip


class RenewForm(forms.Form):
    """Until when a membership is paid for."""

    until = DayField(
        label=gettext_lazy("Paid until"), help_text=gettext_lazy("That day still belongs to it.")
    )
    reason = forms.CharField(label=gettext_lazy("Remark"), max_length=500, required=False)


class OverrideForm(ReasonForm):
    """How a member stands whatever the rules say, until a day."""

    field_order = ("standing", "until", "reason")
    standing = forms.ChoiceField(
        label=gettext_lazy("Standing"),
        choices=[(key, Standing(key).label) for key in OVERRIDES], widget=forms.RadioSelect,
    )  # fmt: skip
    until = DayField(
        label=gettext_lazy("Until"), help_text=gettext_lazy("The last day of the decision; then the rules say again.")
    )  # fmt: skip


class CategoryForm(forms.Form):
    """Another category, from a day on."""

    category = forms.ModelChoiceField(label=gettext_lazy("Category"), queryset=Category.objects.all())
    starts_on = DayField(label=gettext_lazy("From"))


class ChangeCategoryForm(CategoryForm, ReasonForm):
    """Another category, from a day on, and why."""

    field_order = ("category", "starts_on", "reason")


class AdmitForm(CategoryForm):
    """Who is admitted: the category says whether that is a person or an organisation."""

    field_order = ("category", "organisation", "person", "starts_on")
    organisation = OrganisationField(label=gettext_lazy("Organisation"), required=False)
    person = PersonField(label=gettext_lazy("Person"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        category = cleaned.get("category")
        if category is None:
            return cleaned
        wanted, other = (
            ("person", "organisation") if category.holder == Holder.PERSON else ("organisation", "person")
        )
        if wanted not in self.errors and not cleaned.get(wanted):
            self.add_error(wanted, _("This category needs one."))
        if cleaned.get(other):
            self.add_error(other, _("This category is for the other kind of holder: leave it empty."))
        return cleaned


class RepresentativeForm(forms.Form):
    """Who speaks for a member, and from when to when."""

    person = PersonField(label=gettext_lazy("Person"))
    starts_on = DayField(label=gettext_lazy("From"))
    ends_on = DayField(
        label=gettext_lazy("Until"),
        required=False,
        help_text=gettext_lazy("The last day; empty while it holds on."),
    )
    is_voting = forms.BooleanField(
        label=gettext_lazy("Casts the vote of the member"), required=False,
        help_text=gettext_lazy("One at a time does, in assemblies of the members."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("A term cannot end before it starts."))
        return cleaned


class ColleagueForm(RepresentativeForm):
    """Who of the organisation speaks for it, named by the member itself."""

    def __init__(self, *args: Any, people: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["person"] = forms.ModelChoiceField(
            label=gettext_lazy("Person"), queryset=people, empty_label="—",
            help_text=gettext_lazy("Whoever is recorded as belonging to the organisation."),
        )  # fmt: skip


class LastDayForm(forms.Form):
    """The last day on which somebody speaks for a member."""

    ends_on = DayField(label=gettext_lazy("Last day"))


class VoteForm(forms.Form):
    """From which day on somebody casts the vote of a member."""

    starts_on = DayField(label=gettext_lazy("From"))


class ConditionsForm(forms.Form):
    """What a category asks and gives, from a day on."""

    starts_on = DayField(label=gettext_lazy("From"))
    takes_applications = forms.BooleanField(
        label=gettext_lazy("Takes applications"), required=False, initial=True,
        help_text=gettext_lazy("Otherwise nobody applies for it; the desk admits by itself."),
    )  # fmt: skip
    criteria_en = forms.CharField(
        label=gettext_lazy("Who can be admitted, in English"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )  # fmt: skip
    criteria_zh = forms.CharField(
        label=gettext_lazy("Who can be admitted, in Chinese"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )  # fmt: skip
    benefits_en = forms.CharField(
        label=gettext_lazy("What it brings, in English"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )  # fmt: skip
    benefits_zh = forms.CharField(
        label=gettext_lazy("What it brings, in Chinese"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )  # fmt: skip
    fee = forms.DecimalField(
        label=gettext_lazy("Yearly fee"), min_value=0, decimal_places=2, max_digits=12, required=False,
        help_text=gettext_lazy("Empty: not recorded. Nought: none is asked."),
    )  # fmt: skip
    currency = forms.RegexField("^[A-Z]{3}$", label=gettext_lazy("Currency"), required=False,
                                help_text=gettext_lazy("Three letters, such as CNY."))  # fmt: skip
    has_vote = forms.BooleanField(label=gettext_lazy("Has a vote in the Assembly"), required=False)
    weight = forms.DecimalField(
        label=gettext_lazy("Weight of the vote"), min_value=0, decimal_places=6, max_digits=12, initial=1
    )  # fmt: skip
    term_months = forms.IntegerField(
        label=gettext_lazy("Length of a term (months)"), min_value=1, max_value=600, required=False,
        help_text=gettext_lazy("Empty: a membership holds on until it is ended."),
    )  # fmt: skip
    grace_days = forms.IntegerField(
        label=gettext_lazy("Days of grace"), min_value=0, max_value=999, initial=0,
        help_text=gettext_lazy("After what is paid for has run out, a member keeps every right for so many days."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("fee") is not None and not cleaned.get("currency") and "currency" not in self.errors:
            self.add_error("currency", _("A fee is in some currency."))
        if cleaned.get("weight") == 0:
            self.add_error("weight", _("A vote weighs more than nothing; take the vote away instead."))
        return cleaned


class DirectoryForm(ChangeForm):
    """What a member says of itself, and which parts of it everybody reads."""

    description_en = forms.CharField(
        label=gettext_lazy("Description in English"), required=False, max_length=1200,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    description_zh = forms.CharField(
        label=gettext_lazy("Description in Chinese"), required=False, max_length=1200,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    website = forms.URLField(label=gettext_lazy("Website"), required=False, assume_scheme="https")
    contact = forms.CharField(
        label=gettext_lazy("Contact"), required=False, max_length=300,
        help_text=gettext_lazy("How strangers reach you: an address, a number, an office."),
    )  # fmt: skip
    accounts = LinesField(
        label=gettext_lazy("Accounts in social networks"), required=False,
        help_text=gettext_lazy("Addresses, each in a line."),
    )  # fmt: skip
    shown = forms.MultipleChoiceField(
        label=gettext_lazy("Shown to everybody"), required=False, choices=Part.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("What is not ticked is read by you and the secretariat, and by nobody else."),
    )  # fmt: skip

    def __init__(self, *args: Any, is_person: bool = False, **named: Any) -> None:
        super().__init__(*args, **named)
        if is_person:
            self.fields["shown"].choices = [c for c in Part.choices if c[0] != Part.REPRESENTATIVES]
