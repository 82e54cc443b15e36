"""What the organisation bound itself to, as it stands in the sealed log."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.models import LogEntry, Pledge
from secretariat.summit.calls.models import Call, Stage

SHOWN = 20
KINDS: dict[str, Promise] = {
    "rules": _("The rules of a call"),
    "inputs": _("What was handed in"),
    "list": _("A list, frozen"),
    "decision": _("A decision on a list"),
    "ballot_roll": _("The roll of a ballot"),
    "ballot_result": _("The result of a ballot"),
    "motion_adopted": _("A motion, adopted"),
    "minutes_adopted": _("Minutes of a meeting, adopted"),
    "resolution_entered": _("A resolution, entered in the register"),
}


@dataclass(frozen=True)
class Sealed:
    """A pledge in the log; ``call`` and ``stage`` where it is about a selection."""

    index: int
    leaf: str
    payload: dict[str, Any]
    call: Call | None
    stage: Stage | None

    @property
    def what(self) -> str | Promise:
        return KINDS.get(self.payload.get("kind", ""), self.payload.get("kind", ""))


def latest_pledges(limit: int = SHOWN) -> list[Sealed]:
    """Return the newest pledges in the log, latest first. Four statements."""
    entries = list(LogEntry.objects.filter(kind="pledge").order_by("-index")[:limit])
    pledges = {pledge.pk: pledge for pledge in Pledge.objects.filter(pk__in=[e.source_id for e in entries])}
    calls = {call.pk: call for call in Call.objects.filter(pk__in={p.subject_id for p in pledges.values()})}
    stages = {(s.call_id, s.key): s for s in Stage.objects.filter(call__in=calls)}
    return [
        Sealed(
            entry.index, bytes(entry.leaf_hash).hex(), pledge.payload, calls.get(pledge.subject_id),
            stages.get((pledge.subject_id, pledge.payload.get("stage"))),
        )
        for entry in entries
        if (pledge := pledges.get(entry.source_id))
    ]  # fmt: skip
