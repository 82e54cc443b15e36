from datetime import datetime

from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, require
from secretariat.foundation.audit import actions as audit
from secretariat.foundation.jobs.actions import defer
from secretariat.foundation.privacy import rules
from secretariat.foundation.privacy.actions.ending import end_rows
from secretariat.foundation.privacy.copying import APPLY
from secretariat.foundation.privacy.queries import run_out

BATCH = 500


def ask_retention(*, expected: int, actor: Actor, now: datetime) -> None:
    """Let a job erase what has run out until now. ``expected`` repeats how many rows that is, so that nobody slips.

    Raises:
        ValueError: it is another number by now.
    """
    require(rules.can_apply_retention(actor), _("erase what has run out"))
    rows = sum(found.count for found in run_out(now))
    if not rows or rows != expected:
        raise ValueError(_("What you typed is not how many rows have run out."))
    with audit.act("retention_asked", actor=actor, now=now, rows=rows):
        defer(APPLY, one_at_a_time=APPLY, account=str(actor.account_id or ""), until=now.isoformat())


def apply_retention(*, actor: Actor, now: datetime) -> dict[str, int]:
    """Erase what has run out, as its holdings say. Returns how many rows of each kind."""
    require(rules.can_apply_retention(actor), _("erase what has run out"))
    counts: dict[str, int] = {}
    for found in run_out(now):
        rows = list(found.rows.values_list("pk", flat=True))
        for start in range(0, len(rows), BATCH):
            part = rows[start : start + BATCH]
            with audit.act("retention_applied", actor=actor, now=now, kind=found.holding.model) as act:
                end_rows(holding=found.holding, rows=part, now=now)
                act.detail["rows"] = len(part)
        counts[found.holding.model] = len(rows)
    return counts
