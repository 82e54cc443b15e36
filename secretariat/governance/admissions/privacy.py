"""What is kept of those who apply."""

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
    Subject,
    own,
)

TWO_YEARS, FIVE_YEARS = timedelta(days=731), timedelta(days=1827)
AFTER_THE_END = _("five years after the application ended")


def _sponsorships(subject: Subject) -> Q:
    return Q(answered_by__in=subject.people) | Q(application__person__in=subject.people)


DECLARED = Declared(
    (
        Holding(
            model="admissions.Application", hers=own("person"), fields=("motivation", "contribution", "reason"),
            shown=("category", "handed_in_at", "state", "ended_at"),
            purpose=_("deciding on applications for membership"), ground=CONTRACT, kept=RECORD, at_end="blank",
            why_kept=_("That somebody applied, and how it was decided, stays on record."),
        ),
        Holding(
            model="admissions.Sponsor", hers=_sponsorships, fields=("note",), shown=("member", "state", "answered_at"),
            purpose=_("who stood for an application"), ground=DUTY, kept=RECORD, at_end="blank",
            why_kept=_("On which member's word somebody was admitted stays known."),
        ),
        Holding(
            model="admissions.Check", hers=own("application__person"), fields=("note",), shown=("point", "state", "at"),
            purpose=_("the due diligence on applications for membership"), ground=DUTY, kept=AFTER_THE_END,
            at_end="blank", why_kept=_("Which points were passed, who checked them, and when, stays."),
            ended=lambda now: ~Q(note="") & Q(application__ended_at__lt=now - FIVE_YEARS),
        ),
        Holding(
            model="admissions.Inquiry", hers=own("application__person"), fields=("text", "answer"),
            shown=("asked_at", "due_on", "answered_at"),
            purpose=_("what was asked about an application before it was decided on"), ground=CONTRACT,
            kept=AFTER_THE_END, at_end="blank", why_kept=_("That something was asked and answered, and when, stays."),
            ended=lambda now: ~Q(text="") & Q(application__ended_at__lt=now - FIVE_YEARS),
        ),
        # Nobody is named by a column of it, but what is remarked of an organisation is often about who was spoken to.
        Holding(
            model="admissions.Prospect", hers=own("application__person"), fields=("note",),
            shown=("organisation", "state", "noted_at"),
            purpose=_("winning organisations as members"), ground=INTEREST,
            kept=_("two years after it was last noted"), at_end="blank",
            why_kept=_("That an organisation was to be won, and how far it came, stays."),
            ended=lambda now: ~Q(note="") & Q(noted_at__lt=now - TWO_YEARS),
        ),
    ),
    running=(
        Running(
            "admissions.Application", _("an application for membership under way"),
            lambda subject, _now: Q(person__in=subject.people) & Q(state__in=("screening", "asked", "ballot")),
        ),
    ),
)  # fmt: skip
