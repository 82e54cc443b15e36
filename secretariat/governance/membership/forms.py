from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secretariat.foundation.ui.changing import DayField
from secretariat.governance.membership.models import Category
from secretariat.governance.membership.states import Holder
from secretariat.registry.organisations.forms import OrganisationField
from secretariat.registry.people.forms import PersonField


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

    field_order = ("ends_on", "reason")
    ends_on = DayField(label=gettext_lazy("Last day"))


class CategoryForm(forms.Form):
    """Another category, from a day on."""

    category = forms.ModelChoiceField(label=gettext_lazy("Category"), queryset=Category.objects.all())
    starts_on = DayField(label=gettext_lazy("From"))


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

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("A term cannot end before it starts."))
        return cleaned


class LastDayForm(forms.Form):
    """The last day on which somebody speaks for a member."""

    ends_on = DayField(label=gettext_lazy("Last day"))
