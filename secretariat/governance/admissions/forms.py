from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secretariat.foundation.ui.changing import DayField
from secretariat.governance.admissions.states import CheckState
from secretariat.governance.bodies.models import Body
from secretariat.governance.membership.models import Category, Member
from secretariat.registry.organisations.forms import OrganisationField
from secretariat.registry.organisations.models import Organisation

LONG = 5000


def _text(label: Any, rows: int, *, required: bool = True, help_text: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, max_length=LONG, widget=widget, required=required, help_text=help_text
    )


class SponsorField(forms.ModelChoiceField):
    """A member in good standing, by name."""

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=Member.objects.none(), **options)

    def among(self, members: Any) -> None:
        """Offer these members."""
        self.queryset = members.order_by("organisation__sort_key", "person__sort_key")


class ApplicationForm(forms.Form):
    """Who applies, for what, and why."""

    category = forms.ModelChoiceField(label=gettext_lazy("Category"), queryset=Category.objects.none())
    organisation = forms.ModelChoiceField(
        label=gettext_lazy("In the name of"), queryset=Organisation.objects.none(), required=False,
        empty_label=gettext_lazy("myself"),
        help_text=gettext_lazy("The organisations you represent or work for, as your profile says."),
    )  # fmt: skip
    motivation = _text(gettext_lazy("Why do you want to be a member?"), 6)
    contribution = _text(gettext_lazy("What do you bring to the organisation?"), 4, required=False)
    sponsor = SponsorField(
        label=gettext_lazy("Sponsor"), required=False, empty_label=gettext_lazy("I name one later"),
        help_text=gettext_lazy("A member in good standing that stands for you. It is asked at once."),
    )  # fmt: skip

    def __init__(
        self, data: Any = None, *, categories: Any, organisations: Any, members: Any, **named: Any
    ) -> None:
        super().__init__(data, **named)
        chosen = [row.pk for row in organisations]
        self.fields["organisation"].queryset = Organisation.objects.filter(pk__in=chosen).order_by("sort_key")
        self.fields["category"].queryset = categories
        self.fields["sponsor"].among(members)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        category = cleaned.get("category")
        if category is not None and "organisation" not in self.errors:
            if category.holder == "organisation" and not cleaned.get("organisation"):
                self.add_error(
                    "organisation", _("This category is for organisations: say for which you apply.")
                )
            if category.holder == "person" and cleaned.get("organisation"):
                self.add_error("organisation", _("This category is for persons: apply for yourself."))
        return cleaned


class AnswerForm(forms.Form):
    """The answer to a question of the desk."""

    text = _text(gettext_lazy("Answer"), 6)


class SponsorForm(forms.Form):
    """Whether a member stands for an application."""

    stands = forms.TypedChoiceField(
        label=gettext_lazy("Do you stand for this application?"), coerce=lambda value: value == "yes",
        choices=[("yes", gettext_lazy("Yes, we stand for it")), ("no", gettext_lazy("No, we do not"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    note = _text(gettext_lazy("Remark for the secretariat"), 3, required=False)


class CheckForm(forms.Form):
    """How a point of the due diligence came out."""

    state = forms.ChoiceField(
        label=gettext_lazy("Result"), choices=CheckState.choices, widget=forms.RadioSelect
    )
    note = _text(gettext_lazy("Remark"), 3, required=False)


class InquiryForm(forms.Form):
    """What the desk wants to know, and until when."""

    text = _text(gettext_lazy("Question"), 5)
    due_on = DayField(label=gettext_lazy("Answer by"))


class AskSponsorForm(forms.Form):
    """Which member is asked to stand for an application."""

    member = SponsorField(label=gettext_lazy("Member"))

    def __init__(self, data: Any = None, *, members: Any, **named: Any) -> None:
        super().__init__(data, **named)
        self.fields["member"].among(members)


class RefuseForm(forms.Form):
    """Why an application goes no further."""

    reason = _text(gettext_lazy("Reason"), 4, help_text=gettext_lazy("The applicant reads it."))


class BallotForm(forms.Form):
    """Which body decides, and until when."""

    body = forms.ModelChoiceField(label=gettext_lazy("Body"), queryset=Body.objects.none(), empty_label=None)
    closes_at = forms.DateTimeField(
        label=gettext_lazy("The ballot closes"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        help_text=gettext_lazy("Times are given in UTC."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, bodies: Any, **named: Any) -> None:
        super().__init__(data, **named)
        self.fields["body"].queryset = bodies

    def clean_closes_at(self) -> Any:
        if self.cleaned_data["closes_at"] <= timezone.now():
            raise forms.ValidationError(_("A ballot closes after it opens."))
        return self.cleaned_data["closes_at"]


class ProspectForm(forms.Form):
    """An organisation to be won."""

    organisation = OrganisationField(label=gettext_lazy("Organisation"))
    category = forms.ModelChoiceField(
        label=gettext_lazy("Category"), queryset=Category.objects.filter(holder="organisation"), required=False
    )  # fmt: skip
    note = _text(gettext_lazy("Remark"), 3, required=False)
    follow_up_on = DayField(label=gettext_lazy("Follow up on"), required=False)


class InviteForm(forms.Form):
    """When an invited organisation is asked again."""

    follow_up_on = DayField(label=gettext_lazy("Follow up on"), required=False)


class DeclineForm(forms.Form):
    """Why an organisation does not apply."""

    note = _text(gettext_lazy("Why it does not apply"), 3)
