from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ConflictState(TextChoices):
    OPEN = "open", _("to be resolved")
    BARRED = "barred", _("may not review")
    CLEARED = "cleared", _("cleared")


CONFLICT_TRANSITIONS = {"open": ("barred", "cleared"), "barred": ("cleared",), "cleared": ("barred",)}


class Confidence(IntegerChoices):
    """How sure a reviewer is of her own review, as she says herself. It is told, never counted."""

    LOW = 1, pgettext_lazy("confidence", "low")
    SOME = 2, pgettext_lazy("confidence", "some")
    GOOD = 3, pgettext_lazy("confidence", "good")
    SURE = 4, pgettext_lazy("confidence", "sure")


class Direction(TextChoices):
    MUTUAL = "mutual", pgettext_lazy("relation", "both ways")
    HERS = "hers", pgettext_lazy("relation", "the reviewer's")
    THEIRS = "theirs", pgettext_lazy("relation", "the applicant's")


class HowKnown(TextChoices):
    RECORDED = "recorded", pgettext_lazy("relation", "recorded")
    DECLARED = "declared", pgettext_lazy("relation", "declared")
    INFERRED = "inferred", pgettext_lazy("relation", "inferred")


class Side(TextChoices):
    ABOVE = "above", pgettext_lazy("the line", "above")
    BELOW = "below", pgettext_lazy("the line", "below")


class MoveState(TextChoices):
    PROPOSED = "proposed", _("proposed")
    CARRIED = "carried", pgettext_lazy("move", "carried")
    LOST = "lost", pgettext_lazy("move", "not carried")


MOVE_TRANSITIONS = {"proposed": ("carried", "lost"), "carried": (), "lost": ()}


class MatchingState(TextChoices):
    PROPOSED = "proposed", _("proposed")
    DEPLOYED = "deployed", _("deployed")
    UNDONE = "undone", _("undone")
    DISCARDED = "discarded", _("discarded")


class MatchingKind(TextChoices):
    RUN = "run", _("run")
    REPAIR = "repair", _("repair")
    TOP_UP = "top_up", _("one more reading")


MATCHING_TRANSITIONS = {
    "proposed": ("deployed", "discarded"),
    "deployed": ("undone",),
    "undone": (),
    "discarded": (),
}


class AssignmentState(TextChoices):
    ASSIGNED = "assigned", _("to be reviewed")
    DONE = "done", _("done")
    RECUSED = "recused", _("stepped aside")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


ASSIGNMENT_TRANSITIONS = {
    "assigned": ("done", "recused", "declined", "withdrawn"),
    "done": ("recused",),
    "recused": (),
    "declined": (),
    "withdrawn": (),
}

# What the worker does for the reviews, one at a time.
WORK_OUT, REPAIR, ENGINE = "review.work_out", "review.repair", "review.engine"
