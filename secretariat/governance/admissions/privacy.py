"""What is kept of those who apply."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.holdings import CONTRACT, DUTY, RECORD, Declared, Holding, Running, own

DECLARED = Declared(
    (
        Holding(
            model="admissions.Application", hers=own("person"), fields=("motivation", "contribution"),
            shown=("category", "handed_in_at", "state"),
            purpose=_("deciding on applications for membership"), ground=CONTRACT, kept=RECORD, at_end="blank",
            why_kept=_("That somebody applied, and how it was decided, stays on record."),
        ),
        Holding(
            model="admissions.Sponsor", hers=own("answered_by"), fields=("note",), shown=("state", "answered_at"),
            purpose=_("who stood for an application"), ground=DUTY, kept=RECORD, at_end="keep",
            why_kept=_("On whose word somebody was admitted stays known."),
        ),
    ),
    running=(
        Running(
            "admissions.Application", _("an application for membership under way"),
            lambda subject, _now: Q(person__in=subject.people) & Q(state__in=("screening", "asked", "ballot")),
        ),
    ),
)  # fmt: skip
