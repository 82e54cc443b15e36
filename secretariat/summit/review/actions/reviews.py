from collections.abc import Mapping
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from secretariat.engines.bundles.counting import overall_score
from secretariat.foundation.accounts.actor import Actor, require, require_state
from secretariat.foundation.audit import actions as audit
from secretariat.summit.calls.queries import criteria_of
from secretariat.summit.review import logic, rules
from secretariat.summit.review.models import Assignment, Conflict, Review, StageList


def hand_in_review(
    *, assignment: Assignment, scores: Mapping[str, int], comment: str = "", actor: Actor, now: datetime
) -> Review:
    """Hand in a review: a whole number for each criterion, on its scale, and words. It is not changed afterwards."""
    require(rules.can_review(actor, assignment), _("review this item"))
    with audit.act("review_handed_in", actor=actor, now=now) as act:
        assignment = _locked(assignment)
        require_state(assignment.state, ["assigned"], _("Reviewing"))
        if assignment.is_barred:
            require_state("conflict", [], _("Reviewing"))
        if assignment.is_frozen:
            require_state("frozen", [], _("Reviewing"))
        rows = criteria_of(assignment.stage.call_id)
        if wrong := logic.scale_problem(scores, [(c["key"], c["min"], c["max"]) for c in rows]):
            raise ValueError(
                _("The score for “%(criterion)s” is missing or off the scale.") % {"criterion": wrong}
            )
        review = Review.objects.create(
            assignment=assignment, scores=dict(scores), overall=overall_score(rows, scores), comment=comment,
            handed_in_at=now,
        )  # fmt: skip
        assignment.state = "done"
        assignment.save(update_fields=["state"])
        act.on(review)
    return review


def _locked(assignment: Assignment) -> Assignment:
    """The assignment under its lock, with what may stand in the way of its review, in one statement."""
    barring = Conflict.objects.exclude(state="cleared").filter(
        person=OuterRef("reviewer"), submission=OuterRef("submission")
    )
    frozen = StageList.objects.filter(stage=OuterRef("stage"))
    rows = Assignment.objects.annotate(is_barred=Exists(barring), is_frozen=Exists(frozen))
    return rows.select_for_update(of=("self",)).select_related("stage").get(pk=assignment.pk)
