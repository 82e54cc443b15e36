from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secretariat.foundation.ui.changing import ChangeForm, NamesField
from secretariat.registry.topics.models import Scheme, Topic

CHINESE = {"lang": "zh"}


class TopicForm(ChangeForm):
    """What a topic is called in each language, and where it stands."""

    key = forms.SlugField(
        label=gettext_lazy("Key"), max_length=60,
        help_text=gettext_lazy("Letters, digits and hyphens; it names the topic in files and stays for good."),
    )  # fmt: skip
    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=200)
    name_zh = forms.CharField(
        label=gettext_lazy("Name in Chinese"), max_length=200, widget=forms.TextInput(attrs=CHINESE)
    )
    names = NamesField(
        label=gettext_lazy("Names in further languages"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One in a line, after the language: “fr: …”."),
    )  # fmt: skip
    broader = forms.ModelChoiceField(
        label=gettext_lazy("Broader topic"), queryset=Topic.objects.all(), required=False,
        empty_label=gettext_lazy("none: it stands at the top"),
    )  # fmt: skip
    schemes = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Schemes"), queryset=Scheme.objects.order_by("key"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        if self.current:
            del self.fields["key"]

    def clean_schemes(self) -> list[Scheme]:
        return list(self.cleaned_data["schemes"])

    def clean_key(self) -> str:
        if Topic.objects.filter(key=self.cleaned_data["key"]).exists():
            raise forms.ValidationError(_("There is a topic with this key already."))
        return self.cleaned_data["key"]


def values_of(topic: Topic) -> dict[str, Any]:
    """Return what the form shows of a topic."""
    values = {name: getattr(topic, name) for name in ("name_en", "name_zh", "names", "broader")}
    return {**values, "schemes": list(topic.schemes.order_by("key"))}
