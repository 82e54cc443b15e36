from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from secretariat.record.mailings.logic import PLACEHOLDERS, unknown_placeholders
from secretariat.record.mailings.states import MailingKind
from secretariat.record.tasks.queries import staff

WORDS = ("subject_en", "text_en", "subject_zh", "text_zh")
PLACES = " ".join(f"{{{name}}}" for name in PLACEHOLDERS)


class MailingForm(forms.Form):
    """What a mailing says in each language, what kind it is, and who approves it."""

    subject_en = forms.CharField(label=_("Subject"), max_length=200, required=False)
    subject_zh = forms.CharField(label=_("Subject"), max_length=200, required=False)
    text_en = forms.CharField(
        label=_("Text"), max_length=10_000, required=False, widget=forms.Textarea(attrs={"rows": 12})
    )
    text_zh = forms.CharField(
        label=_("Text"), max_length=10_000, required=False, widget=forms.Textarea(attrs={"rows": 12})
    )
    deadline = forms.DateField(
        label=_("Deadline"), required=False, help_text=_("The day that {deadline} stands for."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Kind"), choices=MailingKind, widget=forms.RadioSelect)
    approver = forms.ModelChoiceField(label=_("Approval by"), queryset=None, required=False)

    use_required_attribute = False

    def __init__(self, *args: Any, today: date, drafter: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["approver"].help_text = _(
            "Wanted above %(n)d readers; somebody other than the drafter."
        ) % {"n": settings.MAILING_ALONE}
        self.fields["approver"].empty_label = pgettext_lazy("approval", "nobody yet")
        self.fields["approver"].queryset = staff(today).exclude(pk=drafter)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in WORDS:
            if unknown := unknown_placeholders(cleaned.get(name) or ""):
                message = _("There is no placeholder {%(name)s}; these are known: %(known)s.")
                self.add_error(name, message % {"name": unknown[0], "known": PLACES})
        for subject, text in (WORDS[:2], WORDS[2:]):
            if bool(cleaned.get(subject)) != bool(cleaned.get(text)):
                missing = text if cleaned.get(subject) else subject
                self.add_error(missing, _("A subject and a text belong together, in each language."))
        return cleaned


class RemarkForm(forms.Form):
    """What has to be changed before it is approved."""

    remark = forms.CharField(label=_("Remark"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
