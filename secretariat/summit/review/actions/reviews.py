from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from secretariat.engines.bundles.counting import overall_score
from secretariat.foundation.accounts.actor import Actor, require, require_state
from secretariat.foundation.audit import actions as audit
from secretariat.summit.review import logic, rules
from secretariat.summit.review.models import Assignment, Conflict, Review, StageList


def hand_in_review(
    *, assignment: Assignment, scores: Mapping[str, int], comment: str = "", actor: Actor, now: datetime
) -> Review:
    """Hand in a review: a whole number for each criterion, on its scale, and words. It is not changed afterwards."""
    require(rules.can_review(actor, assignment), _("review this item"))
    with audit.act("review_handed_in", actor=actor, now=now) as act:
        assignment = (
            Assignment.objects.select_for_update(of=("self",))
            .select_related("stage__call")
            .get(pk=assignment.pk)
        )
        require_state(assignment.state, ["assigned"], _("Reviewing"))
        if (
            Conflict.objects.filter(person=assignment.reviewer_id, submission=assignment.submission_id)
            .exclude(state="cleared")
            .exists()
        ):
            require_state("conflict", [], _("Reviewing"))
        if StageList.objects.filter(stage=assignment.stage_id).exists():
            require_state("frozen", [], _("Reviewing"))
        criteria = list(assignment.stage.call.criterions.order_by("position"))
        if wrong := logic.scale_problem(scores, [(c.key, c.minimum, c.maximum) for c in criteria]):
            raise ValueError(
                _("The score for “%(criterion)s” is missing or off the scale.") % {"criterion": wrong}
            )
        rows = [{"key": c.key, "weight": c.weight, "min": c.minimum, "max": c.maximum} for c in criteria]
        review = Review.objects.create(
            assignment=assignment, scores=dict(scores), overall=overall_score(rows, scores), comment=comment,
            handed_in_at=now,
        )  # fmt: skip
        assignment.state = "done"
        assignment.save(update_fields=["state"])
        act.on(review)
    return review
