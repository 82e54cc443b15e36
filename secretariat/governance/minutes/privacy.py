"""What is kept of whoever is named in minutes, writes in them or corrects them."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.holdings import DUTY, RECORD, Declared, Holding, Subject, own
from secretariat.governance.meetings.models import Attendance, Recusal


def _attended(subject: Subject) -> QuerySet[Attendance]:
    return Attendance.objects.filter(person__in=subject.people).values("meeting")


def _read_by(subject: Subject) -> Q:
    """What she may read: minutes that went round of a meeting she was at, without the items she was recused from."""
    out = Recusal.objects.filter(person__in=subject.people, lifted_at=None).values("item")
    kept_from = Q(item__in=out) | Q(item__parent__in=out)
    return Q(minutes__meeting__in=_attended(subject)) & ~Q(minutes__state="draft") & ~kept_from


_TRUE = _("Minutes stay as they were adopted; the account of a meeting names who was there.")
DECLARED = Declared(
    (
        Holding(
            model="minutes.Paragraph",
            hers=_read_by,
            fields=("text",), shown=("heading", "language"), purpose=_("what happened in a meeting"), ground=DUTY,
            kept=RECORD, at_end="keep", why_kept=_TRUE,
        ),
        Holding(
            model="minutes.ParagraphVersion", hers=own("by"), fields=("by", "text"), shown=("number", "source", "at"),
            purpose=_("who wrote what in minutes"), ground=DUTY, kept=RECORD, at_end="keep", why_kept=_TRUE,
        ),
        Holding(
            model="minutes.Correction", hers=own("person"), fields=("person", "text", "reason", "answer"),
            shown=("state", "proposed_at"), purpose=_("who wanted minutes to read otherwise"), ground=DUTY,
            kept=RECORD, at_end="keep", why_kept=_TRUE,
        ),
        Holding(
            model="minutes.Reading", hers=own("person"), fields=("person",), shown=("at",),
            purpose=_("who has read minutes"), ground=DUTY, kept=RECORD, at_end="keep", why_kept=_TRUE,
        ),
        Holding(
            model="minutes.Evidence", hers=own("by"), fields=("by",), shown=("at",),
            purpose=_("who has shown that an action was carried out"), ground=DUTY, kept=RECORD, at_end="keep",
            why_kept=_("What a body resolved is answered for with what was done."),
        ),
    )
)  # fmt: skip
