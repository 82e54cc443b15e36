"""What was handed in as a reader sees it: label and value, each in the shape of its kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from secretariat.registry.places.models import Place
from secretariat.summit.calls.models import Submission


@dataclass(frozen=True)
class Answer:
    """One question of the form with what was answered; ``shape`` says how it is laid out."""

    key: str
    label: Mapping[str, str]
    shape: str
    value: Any
    is_public: bool


def answers_of(item: Submission, content: Mapping[str, Any], *, with_title: bool = False) -> list[Answer]:
    """Return the given answers in the order of the form, the title aside. Two statements at most."""
    fields = [f for f in item.call.formfields.order_by("position") if f.key in content]
    fields = [f for f in fields if with_title or f.key != "title"]
    codes = {code for f in fields if f.kind == "country" for code in content[f.key] or ()}
    places = {p.alpha2: p for p in Place.objects.filter(alpha2__in=codes)} if codes else {}
    return [
        Answer(
            f.key, {"label_en": f.label_en, "label_zh": f.label_zh}, shape_of(f.kind),
            value_of(f, content[f.key], places, item), f.confidentiality == "public",
        )
        for f in fields if content[f.key] not in (None, "", [], {})
    ]  # fmt: skip


def shape_of(kind: str) -> str:
    if kind in {"short_text", "long_text"}:
        return "text"
    return kind


def value_of(field: Any, value: Any, places: Mapping[str, Place], item: Submission) -> Any:
    if field.kind in {"short_text", "long_text"}:
        return [(language, text) for language, text in sorted(value.items()) if text]
    if field.kind == "country":
        return [places.get(code, code) for code in value]
    if field.kind == "choice":
        return item.topic if item.topic and item.topic.key == value else value
    if field.kind == "file":
        return value if isinstance(value, list) else [value]
    return value
