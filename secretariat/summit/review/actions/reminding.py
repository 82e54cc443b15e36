"""Readers reminded: by the desk or the chair when they are late, by the clock three days before."""

from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, require
from secretariat.foundation.audit import actions as audit
from secretariat.foundation.notices.actions import tell
from secretariat.summit.calls.models import Stage
from secretariat.summit.review import queries, rules
from secretariat.summit.review.queries.lateness import DUE, LATE, Owing, due_subject, late_subject


def remind_late(*, stage: Stage, people: Collection[UUID], actor: Actor, now: datetime) -> list[Owing]:
    """Tell those named whose reviews of a stage are late, each at most once a day. Returns who was told now.

    A chair reminds nobody of an item she is recused from: who reads it is kept from her.
    """
    require(rules.can_remind(actor, stage), _("remind the readers"))
    late = queries.late_readers(stage, now, queries.recused_items(actor, stage.call))
    named = [each for each in late if each.person.pk in set(people)]
    if not named:
        raise ValueError(_("Nobody of those named is late."))
    fresh = [each for each in named if not each.is_told]
    if not fresh:
        raise ValueError(_("Everybody named was reminded today already."))
    told = sorted(str(each.person.pk) for each in fresh)
    with audit.act("late_readers_reminded", actor=actor, now=now, subject=stage, people=told):
        _tell(fresh, stage, LATE, late_subject(stage, now), now)
    return fresh


def remind_of_reviews(*, actor: Actor, now: datetime) -> int:
    """Tell readers three days before their reviews are asked for: each once for each moment. Returns how many."""
    require(rules.can_work_out(actor), _("remind the readers"))
    total = 0
    for stage, due_at in queries.moments_ahead(now):
        fresh = [each for each in queries.due_soon(stage, due_at) if not each.is_told]
        if not fresh:
            continue
        with audit.act("readers_reminded", actor=actor, now=now, subject=stage, readers=len(fresh)):
            _tell(fresh, stage, DUE, due_subject(stage, due_at), now)
        total += len(fresh)
    return total


def _tell(readers: Sequence[Owing], stage: Stage, kind: str, subject: UUID, now: datetime) -> None:
    """One notice for each; those who owe the same are told in one go."""

    def owed(each: Owing) -> tuple[int, datetime]:
        return each.n, each.due_at

    for (n, due_at), group in groupby(sorted(readers, key=owed), key=owed):
        tell(
            accounts=[each.person.account_id for each in group if each.person.account_id], kind=kind,
            subject_id=subject, now=now, call={"en": stage.call.title_en, "zh": stage.call.title_zh}, n=n,
            due=due_at.isoformat(),
        )  # fmt: skip
