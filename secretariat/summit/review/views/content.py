"""What was handed in as a reader sees it: label and value, each in the shape of its kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from secretariat.registry.places.models import Place
from secretariat.summit.calls.models import Attachment, Submission


@dataclass(frozen=True)
class Answer:
    """One question of the form with what was answered; ``shape`` says how it is laid out."""

    key: str
    label: Mapping[str, str]
    shape: str
    value: Any
    is_public: bool


def answers_of(item: Submission, content: Mapping[str, Any], *, with_title: bool = False) -> list[Answer]:
    """Return the given answers in the order of the form, the title aside. Three statements at most."""
    fields = [f for f in item.call.formfields.order_by("position") if f.key in content]
    fields = [f for f in fields if with_title or f.key != "title"]
    codes = {code for f in fields if f.kind == "country" for code in content[f.key] or ()}
    named: dict[str, Any] = {p.alpha2: p for p in Place.objects.filter(alpha2__in=codes)} if codes else {}
    if any(f.kind == "file" for f in fields):
        attached = Attachment.objects.filter(submission=item).select_related("file")
        named |= {str(row.file_id): row.file for row in attached}
    return [
        Answer(
            f.key, {"label_en": f.label_en, "label_zh": f.label_zh}, shape_of(f.kind),
            value_of(f, content[f.key], named, item), f.confidentiality == "public",
        )
        for f in fields if content[f.key] not in (None, "", [], {})
    ]  # fmt: skip


def shape_of(kind: str) -> str:
    if kind in {"short_text", "long_text"}:
        return "text"
    return kind


def value_of(field: Any, value: Any, named: Mapping[str, Any], item: Submission) -> Any:
    if field.kind in {"short_text", "long_text"}:
        own = (get_language() or "en")[:2]
        return sorted(((key, text) for key, text in value.items() if text), key=lambda row: row[0] != own)
    if field.kind == "country":
        return [named.get(code, code) for code in value]
    if field.kind == "choice":
        return item.topic if item.topic and item.topic.key == value else value
    if field.kind == "file":
        return [named[key] for key in (value if isinstance(value, list) else [value]) if key in named]
    return value
