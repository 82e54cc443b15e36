from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.files.forms import HandedInField
from secretariat.foundation.ui.changing import DayField
from secretariat.governance.advice import rules
from secretariat.governance.advice.queries import committees
from secretariat.governance.bodies.models import Body

LONGEST = 20000


def _area(
    label: Any, lang: str = "", required: bool = True, rows: int = 6, help_text: Any = ""
) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, **({"lang": lang} if lang else {})})
    return forms.CharField(
        label=label, required=required, max_length=LONGEST, widget=widget, help_text=help_text
    )


class AskForm(forms.Form):
    """A question to a committee, by whom, and by when the opinion is wanted."""

    committee = forms.ModelChoiceField(label=_("Committee"), queryset=Body.objects.none(), empty_label=None)
    asked_by = forms.ModelChoiceField(label=_("Asked by"), queryset=Body.objects.none(), required=False)
    question_en = forms.CharField(label=_("Question in English"), max_length=400)
    question_zh = forms.CharField(
        label=_("Question in Chinese"), max_length=400, widget=forms.TextInput(attrs={"lang": "zh"})
    )
    background = _area(_("Background"), required=False, help_text=_("What the committee needs to know."))
    due_on = DayField(label=_("Wanted by"))

    def __init__(self, *args: Any, actor: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["committee"].queryset = committees()
        bodies, asker = Body.objects.filter(edition=None).order_by("position", "key"), self.fields["asked_by"]
        if rules.keeps_advice(actor):
            asker.queryset, asker.empty_label = bodies, _("the secretariat")
        else:
            asker.queryset, asker.required = bodies.filter(pk__in=rules.bodies_led(actor)), True


class PaperForm(forms.Form):
    """A paper that goes with a question."""

    title_en = forms.CharField(label=_("Title in English"), max_length=300)
    title_zh = forms.CharField(
        label=_("Title in Chinese"), max_length=300, widget=forms.TextInput(attrs={"lang": "zh"})
    )


class VersionForm(forms.Form):
    """A paper in one language."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    file = HandedInField(label=_("File"), help_text=_("PDF is read everywhere. Earlier versions are kept."))

    def __init__(self, *args: Any, actor: Actor, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["file"].actor = actor


class ContributionForm(forms.Form):
    """What a member has to say."""

    text = _area(
        _("What you think"), help_text=_("Read within the committee and by the secretariat; never published.")
    )


class OpinionForm(forms.Form):
    """The one opinion, and the dissent noted with it."""

    opinion_en = _area(_("Opinion in English"), rows=10)
    opinion_zh = _area(_("Opinion in Chinese"), "zh", rows=10)
    dissent_en = _area(_("Dissent in English"), required=False, rows=3, help_text=_("Empty where all agree."))
    dissent_zh = _area(_("Dissent in Chinese"), "zh", required=False, rows=3)


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=500)
