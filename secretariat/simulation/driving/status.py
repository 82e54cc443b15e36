"""How far a call has come, in one compact table."""

from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo

from django.db.models import Count

from secretariat.foundation.accounts.actor import require
from secretariat.simulation.driving.acting import Visit
from secretariat.summit.calls.models import Call
from secretariat.summit.calls.queries import country_counts, state_counts
from secretariat.summit.honours.models import Honour
from secretariat.summit.review.models import StageList
from secretariat.summit.review.queries import open_conflicts, review_progress
from secretariat.summit.review.rules import can_read_reviews, chairs


def status(visit: Visit) -> Iterator[str]:
    """Say what stands of a call; for the desk and the chair of its committee."""
    call = visit.call
    require(
        can_read_reviews(visit.actor, call) or chairs(visit.actor, call.committee_id), "see how far a call is"
    )
    rows = [
        ("call", f"{call.key}: {call.title_en}"),
        ("edition", call.edition.ref.number + (" (simulated)" if call.edition.simulated else "")),
        ("state", call.state),
        ("closes", f"{call.closes_at.astimezone(ZoneInfo(call.zone)):%Y-%m-%d %H:%M} {call.zone}"),
        ("submissions", _counts(state_counts(call))),
        ("countries", _counts(country_counts(call))),
        ("conflicts", f"{open_conflicts(call).count()} to be resolved"),
        *((f"reading {stage}", _counts(found)) for stage, found in sorted(review_progress(call).items())),
        *_lists(call),
        ("honours", _counts(dict(_honours(call)))),
    ]
    width = max(len(name) for name, _ in rows)
    yield from (f"{name:<{width}}  {value}" for name, value in rows)


def _counts(found: Mapping[str, int]) -> str:
    return ", ".join(f"{number} {state}" for state, number in sorted(found.items())) or "none"


def _lists(call: Call) -> Iterator[tuple[str, str]]:
    frozen = {
        row.stage_id: row for row in StageList.objects.filter(stage__call=call).select_related("decision")
    }
    for stage in call.stages.order_by("position"):
        made = frozen.get(stage.pk)
        if made is None:
            yield f"list {stage.key}", "not frozen"
            continue
        decision = getattr(made, "decision", None)
        decided = f"decided by {decision.content['by']}" if decision else "not decided"
        if decision and (refused := decision.content["refused"]):
            decided += f", {len(refused)} refused"
        yield f"list {stage.key}", f"frozen {made.digest}, {decided}"


def _honours(call: Call) -> Iterator[tuple[str, int]]:
    rows = Honour.objects.filter(submission__call=call).values_list("level", "state").annotate(n=Count("pk"))
    for level, state, n in rows:
        yield f"{level} {state}", n
