"""What is kept of whoever sits in a body."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.holdings import DUTY, RECORD, Declared, Holding, Running, own

DECLARED = Declared(
    (
        Holding(
            model="bodies.Term", hers=own("person"), fields=("person",), shown=("role", "starts_on", "ends_on"),
            purpose=_("who held which seat"), ground=DUTY, kept=RECORD, at_end="keep",
            why_kept=_("Quorum and majorities of the past stay true; the row says no name once she is erased."),
        ),
    ),
    running=(
        Running(
            "bodies.Term", _("a seat in a body"),
            lambda subject, now: Q(person__in=subject.people) & (Q(ends_on=None) | Q(ends_on__gte=now.date())),
        ),
    ),
)  # fmt: skip
