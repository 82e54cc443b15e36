"""The formal conditions of a call as plain questions, answered before anything is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secretariat.foundation.ui.templatetags.ui import day
from secretariat.summit.calls.logic import FieldSpec
from secretariat.summit.calls.models import EligibilityRule

LANGUAGES = {"en": gettext_lazy("English"), "zh": gettext_lazy("Chinese")}
YES, NO = "yes", "no"


class EligibilityForm(forms.Form):
    """One question for each formal condition of a call; every one is answered."""

    def __init__(
        self,
        rules: Sequence[EligibilityRule],
        specs: Sequence[FieldSpec],
        data: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data=data)
        self.rules = rules
        labels = {spec.key: spec.label for spec in specs}
        for rule in rules:
            self.fields[rule.key] = _QUESTIONS[rule.kind](rule.params, labels)

    @property
    def failing(self) -> list[EligibilityRule]:
        """The conditions that the answers do not meet."""
        return [rule for rule in self.rules if not _MET[rule.kind](rule.params, self.cleaned_data[rule.key])]

    @property
    def first_words(self) -> dict[str, str]:
        """What the answers already say of the draft: the days asked for."""
        return {
            rule.params["field"]: self.cleaned_data[rule.key].isoformat()
            for rule in self.rules
            if rule.kind == "date_before"
        }


@dataclass(frozen=True)
class Check:
    """The questions of a call, answered or not; ``failing`` is told once they are."""

    form: EligibilityForm
    is_answered: bool
    failing: Sequence[EligibilityRule] = ()


def check(
    rules: Sequence[EligibilityRule], specs: Sequence[FieldSpec], data: Mapping[str, Any] | None
) -> Check:
    """Hold the answers against the conditions; without answers, or with a gap in them, only ask."""
    form = EligibilityForm(rules, specs, data if data or not rules else None)
    if not rules:
        return Check(form, True)
    answered = form.is_bound and form.is_valid()
    return Check(form, answered, form.failing if answered else ())


def _ask_languages(params: Mapping[str, Any], labels: Mapping[str, str]) -> forms.Field:
    names = ", ".join(f"“{labels.get(key, key)}”" for key in params["fields"])
    languages = _(" and ").join(str(LANGUAGES.get(code, code)) for code in params["languages"])
    label = _("Can you give %(fields)s in %(languages)s?") % {"fields": names, "languages": languages}
    return forms.ChoiceField(label=label, choices=[(YES, _("Yes")), (NO, _("No"))], widget=forms.RadioSelect)


def _ask_count(params: Mapping[str, Any], labels: Mapping[str, str]) -> forms.Field:
    label = _("How many will you name under “%(field)s”?") % {
        "field": labels.get(params["field"], params["field"])
    }
    hint = _("The call asks for %(low)d to %(high)d.") % {"low": params["minimum"], "high": params["maximum"]}
    return forms.IntegerField(label=label, min_value=0, max_value=100_000, help_text=hint)


def _ask_date(params: Mapping[str, Any], labels: Mapping[str, str]) -> forms.Field:
    label = _("“%(field)s”: which day is that?") % {"field": labels.get(params["field"], params["field"])}
    hint = _("The call asks for a day before %(day)s.") % {
        "day": day(date.fromisoformat(str(params["before"])))
    }
    return forms.DateField(label=label, help_text=hint, widget=forms.DateInput({"type": "date"}))


_QUESTIONS = {"languages_filled": _ask_languages, "count_between": _ask_count, "date_before": _ask_date}
_MET = {
    "languages_filled": lambda params, answer: answer == YES,
    "count_between": lambda params, answer: params["minimum"] <= answer <= params["maximum"],
    "date_before": lambda params, answer: answer < date.fromisoformat(str(params["before"])),
}
