from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from secretariat.engines.bundles.counting import overall_score
from secretariat.foundation.accounts.actor import Actor, require, require_state
from secretariat.foundation.audit import actions as audit
from secretariat.foundation.audit.prepared import Given, Planned, append, store
from secretariat.summit.calls.queries import declared_criteria
from secretariat.summit.review import logic, rules
from secretariat.summit.review.models import Assignment, Conflict, Review, ReviewDraft, StageList
from secretariat.summit.review.queries import NotSigned, has_signed
from secretariat.summit.review.states import Confidence


class DraftChanged(Exception):
    """The draft was saved elsewhere since it was read."""


def save_review_draft(
    *, assignment: Assignment, scores: Mapping[str, int], comment: str = "", confidence: int | None = None,
    actor: Actor, now: datetime, seen: datetime | None = None,
) -> ReviewDraft:  # fmt: skip
    """Keep what the reviewer has so far, for her alone; gaps are allowed, scores off the scale are not.

    A draft is no act: nothing of it goes into the trail. ``seen`` is when the draft was saved that she wrote on: one
    saved later, from another place, is not written over, and DraftChanged is raised.
    """
    require(rules.can_review(actor, assignment), _("review this item"))
    with transaction.atomic():
        assignment = _open_for_review(assignment)
        if seen and ReviewDraft.objects.filter(assignment=assignment, saved_at__gt=seen).exists():
            raise DraftChanged(_("You have written on this draft elsewhere meanwhile."))
        rows = declared_criteria(assignment.stage.call_id)
        given = [(c["key"], c["min"], c["max"]) for c in rows if c["key"] in scores]
        _require_on_scale(scores, given)
        _require_confidence(confidence)
        written = {"scores": dict(scores), "comment": comment, "confidence": confidence, "saved_at": now}
        draft, _made = ReviewDraft.objects.update_or_create(assignment=assignment, defaults=written)
    return draft


def hand_in_review(
    *, assignment: Assignment, scores: Mapping[str, int], comment: str = "", confidence: int | None = None,
    actor: Actor, now: datetime,
) -> Review:  # fmt: skip
    """Hand in a review: a whole number for each criterion, on its scale, and words. It is not changed afterwards.

    ``confidence``: how sure she is herself, from 1 (low) to 4 (sure), if she says so; nothing is counted from it.
    """
    require(rules.can_review(actor, assignment), _("review this item"))
    with audit.act("review_handed_in", actor=actor, now=now) as act:
        assignment = _open_for_review(assignment)
        rows = declared_criteria(assignment.stage.call_id)
        _require_on_scale(scores, [(c["key"], c["min"], c["max"]) for c in rows])
        _require_confidence(confidence)
        review = Review(
            assignment=assignment, scores=dict(scores), overall=overall_score(rows, scores), comment=comment,
            confidence=confidence, handed_in_at=now,
        )  # fmt: skip
        append(review)
        assignment.state = "done"
        store(assignment, "state")
        if assignment.has_draft:
            ReviewDraft.objects.filter(assignment=assignment).delete()
        act.on(review)
    return review


def _open_for_review(assignment: Assignment) -> Assignment:
    """The assignment under its lock, if it may be reviewed."""
    assignment = _locked(assignment)
    require_state(assignment.state, ["assigned"], _("Reviewing"))
    if assignment.is_barred:
        require_state("conflict", [], _("Reviewing"))
    if assignment.is_frozen:
        require_state("frozen", [], _("Reviewing"))
    if not assignment.is_signed:
        raise NotSigned(assignment.stage.call.key)
    return assignment


def _require_on_scale(scores: Mapping[str, int], scales: Collection[tuple[str, int, int]]) -> None:
    if wrong := logic.scale_problem(scores, scales):
        raise ValueError(
            _("The score for “%(criterion)s” is missing or off the scale.") % {"criterion": wrong}
        )


def _require_confidence(confidence: int | None) -> None:
    if confidence is not None and confidence not in Confidence.values:
        raise ValueError(_("How sure you are is said from 1 (low) to 4 (sure), or left out."))


def _locked(assignment: Assignment) -> Assignment:
    """The assignment under its lock, with what may stand in the way of its review, in one statement."""
    return _locked_rows.get(pk=assignment.pk)


def _rows_to_lock() -> QuerySet[Assignment]:
    barring = Conflict.objects.exclude(state="cleared").filter(
        person=OuterRef("reviewer"), submission=OuterRef("submission")
    )
    frozen = StageList.objects.filter(stage=OuterRef("stage"))
    drafts = ReviewDraft.objects.filter(assignment=OuterRef("pk"))
    rows = Assignment.objects.annotate(
        is_barred=Exists(barring), is_frozen=Exists(frozen), has_draft=Exists(drafts),
        is_signed=has_signed(OuterRef("stage__call"), OuterRef("reviewer")),
    )  # fmt: skip
    return rows.select_for_update(of=("self",)).select_related("stage__call").filter(pk=Given("pk"))


_locked_rows = Planned(_rows_to_lock)
