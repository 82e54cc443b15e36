from collections.abc import Sequence
from datetime import datetime
from typing import Any

from secretariat.foundation.accounts.actor import Actor, require_state
from secretariat.governance.minutes.models import Minutes, Paragraph, ParagraphVersion
from secretariat.registry.refs.actions import update_ref


def locked(minutes: Minutes, states: Sequence[str], what: str) -> Minutes:
    """Return minutes with their row locked, in one of these states; WrongState otherwise."""
    rows = Minutes.objects.select_for_update(of=("self",)).select_related(
        "ref", "meeting__ref", "meeting__body"
    )
    minutes = rows.get(pk=minutes.pk)
    require_state(minutes.state, states, what)
    return minutes


def lead(minutes: Minutes, state: str, **changes: Any) -> None:
    """Bring minutes into a state, and their reference with them."""
    for name, value in {"state": state, **changes}.items():
        setattr(minutes, name, value)
    minutes.save(update_fields=["state", *changes])
    update_ref(ref_id=minutes.ref_id, state=state)


def keep_version(paragraph: Paragraph, text: str, source: str, actor: Actor, now: datetime) -> None:
    """Keep words of a paragraph for good, whether or not they are those it reads by."""
    number = ParagraphVersion.objects.filter(paragraph=paragraph).count() + 1
    ParagraphVersion.objects.create(
        paragraph=paragraph, number=number, source=source, text=text, at=now, by_id=actor.person_id
    )


def rewrite(paragraph: Paragraph, text: str, source: str, actor: Actor, now: datetime) -> None:
    """Give a paragraph other words, by somebody's hand."""
    paragraph.text, paragraph.is_edited, paragraph.revision = text, True, paragraph.revision + 1
    paragraph.save(update_fields=["text", "is_edited", "revision"])
    keep_version(paragraph, text, source, actor, now)
