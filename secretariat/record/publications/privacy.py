"""What is kept of people in books: what was printed."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.holdings import DUTY, RECORD, Declared, Holding, Subject


def _hers(subject: Subject) -> Q:
    return Q(item__parties__person_id__in=subject.people)


DECLARED = Declared(
    (
        Holding(
            model="publications.PublicationEntry", hers=_hers, fields=("content",),
            shown=("publication", "state", "answered_at"),
            purpose=_("books made from published lists"), ground=DUTY, kept=RECORD, at_end="keep",
            why_kept=_("What was approved for print and published stays as it was printed."),
        ),
    )
)  # fmt: skip
