from datetime import date

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from secretariat.record.correspondence.actions import To
from secretariat.record.correspondence.models import Incoming
from secretariat.record.tasks.queries import staff
from secretariat.registry.organisations.forms import OrganisationField


class IncomingForm(forms.ModelForm):
    """A letter that came in, as it is registered."""

    organisation = OrganisationField(label=_("Organisation"), required=False)

    class Meta:
        model = Incoming
        fields = [
            "subject", "sender", "received_on", "medium", "their_reference", "organisation", "owner", "answer_by",
            "summary",
        ]  # fmt: skip
        widgets = {
            "received_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "answer_by": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "summary": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: object, today: date, **named: object) -> None:
        super().__init__(*args, **named)
        self.fields["owner"].queryset = staff(today)
        self.fields["owner"].empty_label = _("nobody yet")
        self.fields["received_on"].initial = today


class LetterForm(forms.Form):
    """A draft: what it says, to whom, who signs. One recipient a line: name, then its e-mail address in <…>."""

    subject = forms.CharField(label=_("subject"), max_length=300)
    recipients = forms.CharField(
        label=_("recipients"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line: the name, then the e-mail address in angle brackets where there is one."),
    )
    text = forms.CharField(label=_("text"), widget=forms.Textarea(attrs={"rows": 14}))
    cover = forms.CharField(
        label=_("covering text of the e-mail"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The letter goes along as PDF. Empty: the usual words."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("language"), choices=settings.LANGUAGES)
    signer = forms.ModelChoiceField(
        label=_("to be signed by"), queryset=None, help_text=_("Somebody other than whoever drafts it.")
    )
    due_on = forms.DateField(
        label=_("to go out by"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip

    def __init__(self, *args: object, today: date, drafter: object, **named: object) -> None:
        super().__init__(*args, **named)
        self.fields["signer"].queryset = staff(today).exclude(pk=drafter)

    def clean_recipients(self) -> list[To]:
        found, wrong = [], []
        for number, line in enumerate(self.cleaned_data["recipients"].splitlines(), 1):
            if not line.strip():
                continue
            name, _bracket, rest = line.partition("<")
            email = rest.rstrip("> ").strip()
            if email and not self._is_email(email):
                wrong.append(
                    _("Line %(line)d: “%(email)s” is not an e-mail address.")
                    % {"line": number, "email": email}
                )
            found.append(To(name=name.strip() or email, email=email))
        if wrong:
            raise forms.ValidationError(wrong)
        return found

    @staticmethod
    def _is_email(value: str) -> bool:
        try:
            forms.EmailField().clean(value)
        except forms.ValidationError:
            return False
        return True


class ReasonForm(forms.Form):
    """Why: for closing, dropping and sending back."""

    reason = forms.CharField(label=_("reason"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
