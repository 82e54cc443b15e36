"""Forms as every page shows them: label, hint, error and control of a field, and the summary of what is wrong."""

from typing import Any

from django import forms, template
from django.forms import BaseForm, BoundField
from django.utils.translation import gettext as _

register = template.Library()

LANGUAGES = (("en", "en", "English"), ("zh", "zh-hans", "中文"))
# What a choice among rows begins with unless its form says otherwise.
DASHES = "---------"
# A line of text shorter than this needs no counter: its maxlength is enough.
COUNTED_FROM = 120


@register.inclusion_tag("ui/form_errors.html")
def form_errors(form: BaseForm, focus: bool = True) -> dict[str, Any]:
    """The summary of what is wrong, each error a link to its field; it takes the focus. Nothing when nothing is."""
    fields = [(field, error) for field in form for error in field.errors if not field.is_hidden]
    hidden = [error for field in form.hidden_fields() for error in field.errors]
    links = [{"target": _target(field), "label": field.label, "text": error} for field, error in fields]
    whole = [*form.non_field_errors(), *hidden]
    return {"id": f"{form.prefix or 'form'}-errors", "links": links, "whole": whole, "focus": focus}


@register.inclusion_tag("ui/hidden_fields.html")
def hidden_fields(form: BaseForm) -> dict[str, Any]:
    """The fields of a form that nobody sees."""
    return {"fields": form.hidden_fields()}


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField, **options: Any) -> dict[str, Any]:
    """One field with its label, hint, error and counter.

    Options: ``label`` and ``hint`` in place of the form's; ``mark`` in place of "optional"; ``lang`` of what is
    written; ``size`` (short, medium, full); ``upload``, the address that takes a file in pieces; ``quiet_label``
    for a label only heard; ``addon``, a unit after the control.
    """
    kind = kind_of(bound)
    if kind == "choice" and getattr(bound.field, "empty_label", None) == DASHES:
        bound.field.empty_label = "—"
    hint = options.get("hint", bound.help_text)
    limit = _limit(bound, kind)
    base = bound.id_for_label or bound.auto_id or bound.html_name
    described = [
        name
        for name, there in ((f"{base}-hint", hint), (f"{base}-limit", limit), (f"{base}-error", bound.errors))
        if there
    ]
    return {
        "field": bound,
        "kind": kind,
        "id": base,
        "label": options.get("label") or bound.label,
        "hint": hint,
        "mark": options.get("mark", "" if bound.field.required else _("optional")),
        "errors": bound.errors,
        "limit": limit,
        "size": options.get("size", ""),
        "quiet_label": options.get("quiet_label", False),
        "addon": options.get("addon", ""),
        "upload": options.get("upload", "") if kind == "file" else "",
        "described": " ".join(described),
        "control": _control(bound, kind, limit, described, options),
    }


@register.inclusion_tag("ui/pair.html")
def pair(form: BaseForm, name: str, label: str = "", hint: str = "", **options: Any) -> dict[str, Any]:
    """The same text in English and in Chinese, side by side: the fields ``name_en`` and ``name_zh`` of a form."""
    sides = [
        {"bound": form[f"{name}_{suffix}"], "lang": lang, "language": language}
        for suffix, lang, language in LANGUAGES
    ]
    return {
        "sides": sides,
        "id": form[f"{name}_en"].auto_id,
        "label": label or form[f"{name}_en"].label,
        "hint": hint,
        "options": options,
    }


@register.filter
def kind_of(bound: BoundField) -> str:
    """How a field is laid out: group, check, choice, file, code, area or line."""
    widget = bound.field.widget
    kinds = (
        ("group", (forms.RadioSelect, forms.CheckboxSelectMultiple)),
        ("check", forms.CheckboxInput),
        ("choice", forms.Select),
        ("file", forms.FileInput),
        ("area", forms.Textarea),
    )
    for kind, classes in kinds:
        if isinstance(widget, classes):
            return kind
    return "code" if widget.attrs.get("autocomplete") == "one-time-code" else "line"


def _limit(bound: BoundField, kind: str) -> int:
    """How many characters the field takes, where a counter helps; 0 for none."""
    longest = getattr(bound.field, "max_length", None) or 0
    if kind == "area" or (kind == "line" and longest >= COUNTED_FROM and bound.widget_type == "text"):
        return longest
    return 0


def _control(bound: BoundField, kind: str, limit: int, described: list[str], options: dict[str, Any]) -> str:
    given = bound.field.widget.attrs.get("class", "")
    attrs: dict[str, Any] = {"class": f"control control--{kind} {given}".strip()}
    if described and kind != "group":
        attrs["aria-describedby"] = " ".join(described)
    if bound.errors:
        attrs["aria-invalid"] = "true"
    if limit:
        # What is pasted is kept whole and counted; a browser would cut it without a word.
        attrs |= {"data-limit": limit, "maxlength": False}
    if options.get("lang"):
        attrs["lang"] = options["lang"]
    if kind == "file" and options.get("upload"):
        attrs["data-upload"] = options["upload"]
    return bound.as_widget(attrs=attrs)


def _target(bound: BoundField) -> str:
    """The id an error leads to: the control, or the first of a group."""
    if kind_of(bound) == "group":
        return f"{bound.auto_id}_0"
    return bound.id_for_label or bound.auto_id
