from typing import Any

from allauth.account.forms import (
    ConfirmLoginCodeForm,
    ConfirmReauthenticationCodeForm,
    LoginForm,
    ReauthenticateForm,
    RequestLoginCodeForm,
)
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateWithAppForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.accounts.logic import GIVEN, TASKS, small_letters
from secretariat.foundation.accounts.models import Account


class AddressField(forms.EmailField):
    """An address of mail, as accounts keep it."""

    def __init__(self, **named: Any) -> None:
        widget = forms.EmailInput(attrs={"autocomplete": "username webauthn", "autocapitalize": "none"})
        super().__init__(label=_("E-mail address"), widget=widget, **named)

    def clean(self, value: str) -> str:
        return small_letters(super().clean(value))


class CodeField(forms.CharField):
    """A code that was sent or is shown by an app."""

    def __init__(self, label: Any, hint: Any = "", **named: Any) -> None:
        attrs = {"autocomplete": "one-time-code", "inputmode": "text", "autocapitalize": "characters"}
        super().__init__(
            label=label, help_text=hint, widget=forms.TextInput(attrs=attrs), max_length=40, **named
        )


class PasswordField(forms.CharField):
    """A password; what is typed is never sent back to the page."""

    def __init__(self, label: Any, autocomplete: str = "current-password", **named: Any) -> None:
        widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
        super().__init__(label=label, widget=widget, strip=False, max_length=1000, **named)


class DayInput(forms.DateInput):
    """A day; browsers show it in their reader's way and take it in the one of ISO 8601."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class SignInForm(RequestLoginCodeForm):
    email = AddressField()


class SignInCodeForm(ConfirmLoginCodeForm):
    code = CodeField(_("Code from the mail"))


class PasswordSignInForm(LoginForm):
    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["login"] = AddressField()
        self.fields["password"] = PasswordField(_("Password"))
        self.order_fields(["login", "password"])


class SecondStepForm(AuthenticateForm):
    code = CodeField(_("Code"), _("From your authenticator app, or one of your recovery codes."))


class ConfirmByCodeForm(ConfirmReauthenticationCodeForm):
    code = CodeField(_("Code from the mail"))


class ConfirmByAppForm(ReauthenticateWithAppForm):
    code = CodeField(_("Code"), _("From your authenticator app, or one of your recovery codes."))


class ConfirmByPasswordForm(ReauthenticateForm):
    password = PasswordField(_("Password"))


class AddAuthenticatorForm(ActivateTOTPForm):
    code = CodeField(_("Code from the app"))


class AddPasskeyForm(AddWebAuthnForm):
    name = forms.CharField(
        label=_("Name"),
        help_text=_("What you will know it by, such as “Phone”."),
        max_length=60,
        required=False,
    )
    # A passkey stands for a person: the device asks for her finger, face or PIN.
    passwordless = forms.BooleanField(widget=forms.HiddenInput, initial=True)


class NamePasskeyForm(EditWebAuthnForm):
    name = forms.CharField(label=_("Name"), max_length=60)


class PasswordForm(forms.Form):
    """Choose a password. It is typed once: the field may show it, and a code by mail opens the door without it."""

    password = PasswordField(_("New password"), "new-password")

    def __init__(self, *arguments: Any, account: Account, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.account = account
        self.fields["password"].help_text = " ".join(map(str, password_validators_help_texts()))

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        validate_password(password, self.account)
        return password


class LanguageForm(forms.Form):
    language = forms.ChoiceField(
        label=_("Language"), choices=settings.LANGUAGES, help_text=_("The language of mails and notices.")
    )


class EmailForm(forms.Form):
    email = AddressField(help_text=_("A mail with a link goes there; the address changes when you open it."))


class InvitationForm(forms.Form):
    email = AddressField()
    reason = forms.CharField(
        label=_("Reason"), max_length=300,
        help_text=_("In which role, such as “Reviewer of the achievements”. The mail says so."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language of the mail"), choices=settings.LANGUAGES)
    person = forms.CharField(
        label=_("Person"), max_length=20, required=False,
        help_text=_("The number in the registry, such as PER-00041, of somebody recorded there already."),
    )  # fmt: skip


class AcceptForm(forms.Form):
    """How somebody new is called; who is in the registry already is not asked."""

    given_name = forms.CharField(label=_("Given name"), max_length=150, required=False)
    family_name = forms.CharField(label=_("Family name"), max_length=150, required=False)
    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=100, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not any(value.strip() for value in cleaned.values()):
            raise forms.ValidationError(_("Say your name, in Latin letters or in Chinese."))
        return cleaned


class AssistantForm(forms.Form):
    email = AddressField(help_text=_("The address your assistant signs in with."))
    tasks = forms.MultipleChoiceField(
        label=_("Tasks"), choices=list(TASKS.items()), widget=forms.CheckboxSelectMultiple
    )
    starts_on = forms.DateField(label=_("From"), widget=DayInput())
    ends_on = forms.DateField(label=_("Until"), widget=DayInput())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("starts_on") and cleaned.get("ends_on") and cleaned["ends_on"] < cleaned["starts_on"]:
            self.add_error("ends_on", _("The last day comes before the first."))
        return cleaned


class GrantForm(forms.Form):
    right = forms.ChoiceField(label=_("Right"), choices=list(GIVEN.items()))
    starts_on = forms.DateField(label=_("From"), widget=DayInput())
    ends_on = forms.DateField(
        label=_("Until"), required=False, widget=DayInput(),
        help_text=_("Empty: until it is ended."),
    )  # fmt: skip
    reason = forms.CharField(label=_("Reason"), max_length=300)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300)
