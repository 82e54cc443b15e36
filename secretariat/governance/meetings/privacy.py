"""What is kept of whoever comes to a meeting: attendance, proxies, recusals, speeches and who presided."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.holdings import DUTY, RECORD, Declared, Holding, own

_TRUE = _("Quorum and majorities of the past stay true; the row says no name once she is erased.")
DECLARED = Declared(
    (
        Holding(
            model="meetings.Attendance", hers=own("person"), fields=("person",),
            shown=("meeting", "mode", "arrived_at", "left_at"), purpose=_("who was at a meeting"), ground=DUTY,
            kept=RECORD, at_end="keep", why_kept=_TRUE,
        ),
        Holding(
            model="meetings.Proxy",
            hers=lambda subject: Q(giver__in=subject.people) | Q(holder__in=subject.people),
            fields=("giver", "holder"), shown=("meeting", "state"), purpose=_("who voted for whom"), ground=DUTY,
            kept=RECORD, at_end="keep", why_kept=_TRUE,
        ),
        Holding(
            model="meetings.Recusal", hers=own("person"), fields=("person", "reason"),
            shown=("item", "recused_at", "lifted_at"), purpose=_("who took no part in a question, and why"),
            ground=DUTY, kept=RECORD, at_end="keep", why_kept=_TRUE,
        ),
        Holding(
            model="meetings.Speech", hers=own("person"), fields=("person",),
            shown=("item", "stance", "asked_at", "started_at", "ended_at"), purpose=_("who spoke, and how long"),
            ground=DUTY, kept=RECORD, at_end="keep",
            why_kept=_("The minutes say who spoke; the row says no name once she is erased."),
        ),
        Holding(
            model="meetings.Deputy", hers=own("person"), fields=("person",), shown=("meeting", "chosen_at"),
            purpose=_("who presided"), ground=DUTY, kept=RECORD, at_end="keep", why_kept=_TRUE,
        ),
        Holding(
            model="meetings.Meeting", hers=own("last_presiding"), fields=("last_presiding",), shown=("starts_at",),
            purpose=_("who presided"), ground=DUTY, kept=RECORD, at_end="keep", why_kept=_TRUE,
        ),
    )
)  # fmt: skip
