"""What waits in the reviews: items to read, conflicts to declare and to resolve, lists to decide."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.ui.templatetags.ui import text
from secretariat.record.tasks.duties import Door, Duty
from secretariat.summit.calls.models import Call
from secretariat.summit.review import queries
from secretariat.summit.review.rules import chairs


def review_duties(actor: Actor, door: Door, now: datetime) -> list[Duty]:
    """Return what waits for the actor: at ``my`` as reader, chair and authority; at the desk as the secretariat."""
    if door == "desk":
        calls = list(queries.followed_calls(actor)) if actor.has("desk.run") else []
        return [*_conflicts(calls), *_short(calls)]
    found = [*_declarations(actor), *_readings(actor), *_lists(actor)]
    if actor.acting_for_id is None and not actor.has("desk.run"):
        found += _conflicts(queries.followed_calls(actor) if _follows(actor) else ())
    return found


def _declarations(actor: Actor) -> Iterator[Duty]:
    for call in queries.calls_to_judge(actor):
        if not call.is_declared:
            yield Duty(
                f"review.declare:{call.key}", _("Declare your conflicts of interest and sign the undertaking"),
                reverse("my_review:declare", args=[call.key]), about=text(call, "title"),
            )  # fmt: skip


def _readings(actor: Actor) -> Iterator[Duty]:
    for queue in queries.my_queues(actor):
        if n := len(queue.waiting) + queue.sealed:
            title = ngettext("%(n)d item to review", "%(n)d items to review", n) % {"n": n}
            yield Duty(
                f"review.read:{queue.stage.pk}", title, reverse("my_review:queue"), due=queue.due_at,
                about=text(queue.stage.call, "title"), count=n,
            )  # fmt: skip


def _lists(actor: Actor) -> Iterator[Duty]:
    for frozen in queries.lists_of_authority(actor, waiting=True):
        call, parted = frozen.stage.call, getattr(frozen, "part", None) is not None
        # A vice-chair may decide, but is asked only for what the chair is recused from.
        if not frozen.is_hers or not (parted or chairs(actor, frozen.stage.authority_id)):
            continue
        yield Duty(
            f"review.decide:{frozen.pk}", _("Decide the list “%(list)s”") % {"list": text(frozen.stage, "label")},
            reverse("my_review:decide", args=[call.key, frozen.stage.key]), about=text(call, "title"),
            owner=str(frozen.stage.authority),
        )  # fmt: skip


def _conflicts(calls: Iterable[Call]) -> Iterator[Duty]:
    for call in calls:
        if n := call.n_waiting:
            yield Duty(
                f"review.conflicts:{call.key}", ngettext("%(n)d conflict to resolve", "%(n)d conflicts to resolve", n)
                % {"n": n}, reverse("desk_review:conflicts", args=[call.key]), about=text(call, "title"),
                owner=str(call.committee), count=n,
            )  # fmt: skip


def _short(calls: Sequence[Call]) -> Iterator[Duty]:
    short = queries.short_counts(calls) if calls else {}
    for call in (call for call in calls if call.pk in short):
        stage, n = short[call.pk]
        title = ngettext("%(n)d item is short of a reader", "%(n)d items are short of a reader", n) % {"n": n}
        yield Duty(
            f"review.short:{call.key}:{stage}", title, reverse("desk_review:readings", args=[call.key, stage]),
            about=text(call, "title"), owner=str(call.committee), count=n,
        )  # fmt: skip


def _follows(actor: Actor) -> bool:
    return actor.has("desk.run") or any(c.right == "body.chair" for c in actor.capacities)
