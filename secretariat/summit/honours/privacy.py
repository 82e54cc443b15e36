"""Honours are given to items; what of them concerns a person is that hers must be answered first."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.holdings import DUTY, RECORD, Declared, Holding, Running, own

DECLARED = Declared(
    (
        Holding(
            model="honours.Honour", hers=own("submission__person"), fields=("submission",),
            shown=("level_en", "state", "offered_at", "conferred_at"),
            purpose=_("what was conferred, and on what"), ground=DUTY, kept=RECORD, at_end="keep",
            why_kept=_("An honour belongs to what was honoured, under the title that was published."),
        ),
    ),
    running=(
        Running(
            "honours.Honour", _("an honour that is offered or about to be conferred"),
            lambda subject, _now: Q(submission__person__in=subject.people, state__in=["offered", "accepted"]),
        ),
    ),
)  # fmt: skip
