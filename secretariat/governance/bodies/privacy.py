"""What is kept of whoever sits in a body."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.holdings import DUTY, RECORD, Declared, Holding, Running, Subject, own
from secretariat.governance.bodies.models import Term


def _calls(subject: Subject) -> Q:
    """A call is about both: the alternate, and whoever held the seat she was called in for."""
    seats = Term.objects.filter(person__in=subject.people).values("seat")
    return Q(term__person__in=subject.people) | Q(term__seat__in=seats)


DECLARED = Declared(
    (
        Holding(
            model="bodies.Term", hers=own("person"), fields=("person",), shown=("role", "starts_on", "ends_on"),
            purpose=_("who held which seat"), ground=DUTY, kept=RECORD, at_end="keep",
            why_kept=_("Quorum and majorities of the past stay true; the row says no name once she is erased."),
        ),
        Holding(
            model="bodies.CallIn", hers=_calls, fields=("reason", "called_off"), shown=("starts_on", "ends_on"),
            purpose=_("who acted for a seat in another's stead, and why"), ground=DUTY, kept=RECORD, at_end="blank",
            why_kept=_("That an alternate acted, and when, stays, so that quorum and majorities stay true."),
        ),
    ),
    running=(
        Running(
            "bodies.Term", _("a seat in a body"),
            lambda subject, now: Q(person__in=subject.people) & (Q(ends_on=None) | Q(ends_on__gte=now.date())),
        ),
    ),
)  # fmt: skip
