"""What is kept of those the desk writes to."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.holdings import CONSENT, DUTY, INTEREST, RECORD, Declared, Holding, Subject

TEN_YEARS = timedelta(days=3653)


def _reader(subject: Subject) -> Q:
    reached = Q(address__in=subject.emails) & ~Q(address="")
    return Q(person__in=subject.people) | Q(account__in=subject.accounts) | reached


def _refuser(subject: Subject) -> Q:
    return Q(person__in=subject.people) | Q(address__in=subject.emails)


DECLARED = Declared(
    (
        Holding(
            model="mailings.Copy", hers=_reader, fields=("name", "address", "subject", "text"),
            shown=("language", "skipped", "created_at"),
            purpose=_("writing to whom it concerns, and knowing who was written to"), ground=INTEREST,
            kept=_("ten years after it was sent"), at_end="blank",
            why_kept=_("How many were written to stays true."),
            ended=lambda now: Q(mailing__ended_at__lt=now - TEN_YEARS) & ~Q(name=""),
        ),
        Holding(
            model="mailings.Refusal", hers=_refuser, fields=("address",), shown=("refused_at",),
            purpose=_("sending no more news to who wants none"), ground=CONSENT, kept=RECORD, at_end="delete",
        ),
        Holding(
            model="mailings.Mailing",
            hers=lambda subject: Q(drafter__in=subject.people) | Q(approver__in=subject.people),
            fields=("query", "remark"), shown=("audience", "state", "started_at"),
            purpose=_("what the organisation wrote"), ground=DUTY, kept=RECORD, at_end="keep",
            why_kept=_("The row says no name once she is erased."),
        ),
        Holding(
            model="mailings.Text", hers=lambda subject: Q(mailing__drafter__in=subject.people),
            fields=("text_en", "text_zh"), shown=("subject_en", "subject_zh"),
            purpose=_("what the organisation wrote"), ground=DUTY, kept=RECORD, at_end="keep",
            why_kept=_("A letter is the organisation's own word, under a digest. To whom it went is erased."),
        ),
    ),
    disclosures={"mailings.copies": _("Your name and address in a mailing, with what it says to you")},
)  # fmt: skip
