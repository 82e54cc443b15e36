from datetime import datetime

from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, require
from secretariat.foundation.audit import actions as audit
from secretariat.foundation.privacy import rules
from secretariat.foundation.privacy.actions.ending import end_rows
from secretariat.foundation.privacy.queries import run_out

BATCH = 500


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
