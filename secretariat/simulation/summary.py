"""What the demo says when it is ready: what became of each call, and how to enter as somebody of each role."""

from collections import Counter
from typing import Any

from django.utils import timezone

from secretariat.doors.site.entering import parts_to_play
from secretariat.foundation.audit.models import Act
from secretariat.simulation.playing import LOADED
from secretariat.summit.calls.models import Call
from secretariat.summit.honours.models import Honour
from secretariat.summit.review.models import ListEntry, Review, StageList


def selections() -> dict[str, Any]:
    """Return for each call whose honours are conferred what the demo promises to print."""
    seconds = Act.objects.filter(verb=LOADED).values_list("detail__seconds", flat=True).first() or {}
    found = {}
    finished = StageList.objects.filter(stage__kind="levels").values("stage__call")
    for call in Call.objects.filter(pk__in=finished).order_by("key"):
        lists = {
            row.stage.key: row for row in StageList.objects.filter(stage__call=call).select_related("stage")
        }
        final = lists[call.stages.get(kind="levels").key]
        levels = Counter(
            Honour.objects.filter(submission__call=call, state="conferred").values_list("level", flat=True)
        )
        found[call.key] = {
            "collected": call.submissions.exclude(state="draft").count(),
            "eligible": _kept(lists["eligible"]),
            "reviews": Review.objects.filter(assignment__submission__call=call).count(),
            "recommended": _kept(lists["recommended"]),
            "honours": dict(levels),
            "list_hash": final.digest,
            "seconds": seconds.get(call.key, 0.0),
        }
    return {"calls": found}


def _kept(frozen: StageList) -> int:
    return ListEntry.objects.filter(list=frozen, outcome="kept").count()


def sign_in_paths() -> list[tuple[str, str]]:
    """Return for each role of the demo the path of a link that signs in as somebody who has it today."""
    return [(part.role, part.path) for part in parts_to_play(timezone.localdate())]
