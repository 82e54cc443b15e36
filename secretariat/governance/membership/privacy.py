"""What is kept of members and of those who speak for them."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.holdings import (
    CONSENT,
    CONTRACT,
    DUTY,
    RECORD,
    Declared,
    Holding,
    Running,
    own,
)

DECLARED = Declared(
    (
        Holding(
            model="membership.Member", hers=own("person"), fields=("person",), shown=("state", "created_at"),
            purpose=_("who is a member"), ground=CONTRACT, kept=RECORD, at_end="keep",
            why_kept=_("Counts of members of past years stay true; the row says no name once she is erased."),
        ),
        Holding(
            model="membership.Representative", hers=own("person"), fields=("person",),
            shown=("member", "starts_on", "ends_on", "is_named"),
            purpose=_("who speaks for a member"), ground=DUTY, kept=RECORD, at_end="keep",
            why_kept=_("What was said for a member must stay known; the row says no name once she is erased."),
        ),
        Holding(
            model="membership.DirectoryEntry", hers=own("member__person"),
            fields=("description_en", "description_zh", "website", "contact", "accounts"), shown=("shown",),
            purpose=_("what a member says of itself in the public directory"), ground=CONSENT, kept=RECORD,
            at_end="blank", why_kept=_("That there was an entry stays; it says nothing any more."),
        ),
    ),
    running=(
        Running(
            "membership.Member", _("a membership of her own"),
            lambda subject, _now: Q(person__in=subject.people) & ~Q(state="ended"),
        ),
        Running(
            "membership.Representative", _("speaking for a member"),
            lambda subject, now: Q(person__in=subject.people) & (Q(ends_on=None) | Q(ends_on__gte=now.date())),
        ),
    ),
)  # fmt: skip
