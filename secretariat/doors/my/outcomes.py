"""What decisions say to an applicant once they may be told: the lists that were decided, and honours conferred."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from secretariat.foundation.ui.templatetags.ui import text
from secretariat.summit.calls.following import Event, Outcome
from secretariat.summit.calls.models import Stage, Submission
from secretariat.summit.honours.models import Honour
from secretariat.summit.honours.queries import is_held
from secretariat.summit.review.models import Decision, ListEntry, StageList

PUBLIC = ("conferred", "revoked")


def decided(submission: Submission) -> Iterator[Outcome]:
    """Each list that was decided on, up to where this submission stayed behind. Four statements.

    The lists after the one that goes into the book are told by the honour alone, and only once it is conferred:
    until then offers are in confidence, and who was not offered one is not told apart from who was.
    """
    told = StageList.objects.filter(~is_held(), stage__call=submission.call_id)
    rows = Decision.objects.filter(list__in=told, list__stage__position__lte=_named(submission))
    rows = rows.exclude(list__stage__kind="eligibility").select_related("list__stage")
    decisions = list(rows.order_by("list__stage__position"))
    entries = dict(
        ListEntry.objects.filter(
            list__in=[decision.list_id for decision in decisions], submission=submission
        ).values_list("list", "outcome")
    )
    for decision in decisions:
        if (outcome := entries.get(decision.list_id)) is None:
            return
        yield _outcome(decision, outcome, submission.ref.number)
    honour = (
        Honour.objects.filter(submission=submission, state__in=PUBLIC).select_related("list__stage").first()
    )
    if honour is not None:
        title = _("%(level)s was conferred.") % {"level": text(honour, "level")}
        yield Outcome(honour.list.stage.key, Event(title, at=honour.conferred_at), is_end=True)


def _named(submission: Submission) -> int:
    """The place of the last list that names its items: the book's, or else the first that compares scores."""
    stages = Stage.objects.filter(call=submission.call_id).order_by("position")
    book = submission.call.publication.get("stage")
    chosen = stages.filter(key=book) if book else stages.filter(kind="calibrated")
    return chosen.values_list("position", flat=True).first() or 0


def _outcome(decision: Decision, outcome: str, number: str) -> Outcome:
    stage, refused = decision.list.stage, {row["ref"]: row["reason"] for row in decision.content["refused"]}
    if number in refused:
        title = _("%(stage)s: it was refused.") % {"stage": text(stage, "label")}
        return Outcome(stage.key, Event(title, at=decision.decided_at, text=refused[number]), is_end=True)
    if outcome == "cut":
        title = _("%(stage)s: it was not chosen.") % {"stage": text(stage, "label")}
        return Outcome(stage.key, Event(title, at=decision.decided_at), is_end=True)
    title = _("%(stage)s: it was chosen.") % {"stage": text(stage, "label")}
    return Outcome(stage.key, Event(title, at=decision.decided_at))
