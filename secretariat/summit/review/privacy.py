"""What is kept of reviewers. In what is published they have drawn names."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.holdings import (
    CONTRACT,
    DUTY,
    INTEREST,
    RECORD,
    Declared,
    Holding,
    Running,
    own,
)

DECLARED = Declared(
    (
        Holding(
            model="review.Expertise", hers=own("person"), fields=("topic",),
            purpose=_("giving reviewers what they can judge"), ground=CONTRACT, kept=RECORD, at_end="delete",
        ),
        Holding(
            model="review.Conflict", hers=own("person"), fields=("explanation",),
            shown=("submission", "kind", "state", "created_at"),
            purpose=_("keeping whoever has an interest away from a decision"), ground=DUTY, kept=RECORD,
            at_end="blank", why_kept=_("That there was a conflict, of which kind and how it ended, stays."),
        ),
        Holding(
            model="review.Review", hers=own("assignment__reviewer"), fields=("comment",),
            shown=("scores", "overall", "handed_in_at"),
            purpose=_("judging what was handed in"), ground=DUTY, kept=_("ten years after it was handed in"),
            at_end="commitment",
            why_kept=_("Scores stay under the drawn name: the published list is counted from them."),
            ended=lambda now: ~Q(comment="") & Q(handed_in_at__lt=now - timedelta(days=3653)),
        ),
        Holding(
            model="review.Assignment", hers=own("reviewer"), fields=("declined_reason",),
            shown=("submission", "state", "accepted_at"),
            purpose=_("giving to somebody else what she cannot read"), ground=CONTRACT, kept=RECORD,
            at_end="blank", why_kept=_("That she was asked to read an item, and how that ended, stays."),
        ),
        Holding(
            model="review.ReviewDraft", hers=own("assignment__reviewer"), fields=("scores", "comment"),
            shown=("saved_at",), purpose=_("going on with a review later"), ground=INTEREST,
            kept=_("a year after it was saved"), at_end="delete",
            ended=lambda now: Q(saved_at__lt=now - timedelta(days=365)),
        ),
        Holding(
            model="review.Pseudonym", hers=own("person"), fields=("name",), shown=("call",),
            purpose=_("publishing scores without the reviewer's name"), ground=DUTY, kept=RECORD, at_end="keep",
            why_kept=_("The drawn name leads to a row without a name once she is erased."),
        ),
        Holding(
            model="review.Declaration", hers=own("person"), fields=("declared_at",), shown=("call",),
            purpose=_("that she looked for conflicts of interest"), ground=DUTY, kept=RECORD, at_end="keep",
            why_kept=_("The row says no name once she is erased."),
        ),
        Holding(
            model="review.Undertaking", hers=own("person"), fields=("signed_at",), shown=("call", "digest"),
            purpose=_("that she undertook confidentiality before she read"), ground=DUTY, kept=RECORD, at_end="keep",
            why_kept=_("The row says no name once she is erased."),
        ),
        Holding(
            model="review.Decision", hers=own("person"), fields=("person",), shown=("decided_at", "digest"),
            purpose=_("who decided"), ground=DUTY, kept=RECORD, at_end="keep",
            why_kept=_("A published decision stands under its digest, with the office it was taken in."),
        ),
        Holding(
            model="review.PartDecision", hers=own("person"), fields=("person",), shown=("decided_at",),
            purpose=_("who decided"), ground=DUTY, kept=RECORD, at_end="keep",
            why_kept=_("A published decision stands under its digest, with the office it was taken in."),
        ),
    ),
    running=(
        Running(
            "review.Assignment", _("items she was given to read"),
            lambda subject, _now: Q(reviewer__in=subject.people, state="assigned"),
        ),
        Running(
            "review.Assignment", _("an application of hers that reviewers are reading"),
            lambda subject, _now: Q(submission__person__in=subject.people, state="assigned"),
        ),
    ),
)  # fmt: skip
