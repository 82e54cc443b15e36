"""The formal conditions of a call as sentences."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secretariat.foundation.ui.templatetags.ui import day
from secretariat.summit.calls.logic import FieldSpec
from secretariat.summit.calls.models import EligibilityRule

LANGUAGES = {"en": gettext_lazy("English"), "zh": gettext_lazy("Chinese")}


def conditions_of(rules: Sequence[EligibilityRule], specs: Sequence[FieldSpec]) -> list[str]:
    """Return what each rule asks for, in the reader's language."""
    labels = {spec.key: spec.label for spec in specs}
    return [_SENTENCES[rule.kind](rule.params, labels) for rule in rules]


def languages_named(codes: Sequence[str]) -> str:
    """Return languages by name: English and Chinese."""
    return _(" and ").join(str(LANGUAGES.get(code, code)) for code in codes)


def _languages(params: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    names = ", ".join(f"“{labels.get(key, key)}”" for key in params["fields"])
    told = {"fields": names, "languages": languages_named(params["languages"])}
    return _("Given in %(languages)s: %(fields)s.") % told


def _count(params: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    name, low, high = labels.get(params["field"], params["field"]), params["minimum"], params["maximum"]
    return _("“%(field)s” has %(low)d to %(high)d entries.") % {"field": name, "low": low, "high": high}


def _date(params: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    name, limit = labels.get(params["field"], params["field"]), date.fromisoformat(str(params["before"]))
    return _("“%(field)s” is a day before %(day)s.") % {"field": name, "day": day(limit)}


_SENTENCES = {"languages_filled": _languages, "count_between": _count, "date_before": _date}
