from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SpecimenForm(forms.Form):
    """One field of each kind, for the style guide. Nothing is ever done with what it holds."""

    title_en = forms.CharField(label=_("Title"), max_length=200)
    title_zh = forms.CharField(label=_("Title"), max_length=200)
    summary = forms.CharField(
        label=_("What was achieved"), max_length=600, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("For readers from outside the field. Sources belong into the attachments."),
    )  # fmt: skip
    field = forms.ChoiceField(
        label=pgettext_lazy("of a submission", "Field"),
        choices=[("", "—"), ("health", _("Public health")), ("water", _("Water and energy"))],
    )
    since = forms.DateField(
        label=_("In use since"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    users = forms.IntegerField(label=_("People reached"), required=False, min_value=0)
    kind = forms.ChoiceField(
        label=_("Who hands it in"), widget=forms.RadioSelect,
        choices=[("self", _("I, for myself")), ("organisation", _("My organisation"))],
    )  # fmt: skip
    topics = forms.MultipleChoiceField(
        label=_("Topics"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[("access", _("Access")), ("trust", _("Trust and security")), ("skills", _("Skills"))],
    )  # fmt: skip
    paper = forms.FileField(label=_("Paper"), required=False, help_text=_("PDF, 50 MiB at most."))
    agreed = forms.BooleanField(
        label=_("What is written here may be published if it is chosen."),
        help_text=_("Contact details never are."),
    )


class CodeForm(forms.Form):
    """The code that came by mail, and a password beside it."""

    code = forms.CharField(
        label=_("Code from the e-mail"), max_length=6,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )  # fmt: skip
    password = forms.CharField(
        label=_("Password"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
