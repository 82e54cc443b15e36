"""What is kept of people in letters."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.holdings import CONTRACT, DUTY, Declared, Holding, own
from secretariat.foundation.files.actions import erase_contents

TEN_YEARS = timedelta(days=3653)


def _contents(rows: Any, now: datetime) -> None:
    erase_contents(files=list(rows.filter(file__isnull=False).values_list("file", flat=True)), now=now)


DECLARED = Declared(
    (
        Holding(
            model="correspondence.Incoming", hers=own("person"), fields=("sender", "summary", "file"),
            files=("file",), replaced=lambda _now: {"file": None}, also=_contents,
            shown=("subject", "received_on", "medium"),
            purpose=_("answering letters"), ground=CONTRACT, kept=_("ten years after it came"), at_end="blank",
            why_kept=_("Number, day and subject stay: what came in is numbered for good."),
            ended=lambda now: Q(received_on__lt=(now - TEN_YEARS).date()) & ~Q(sender=""),
        ),
        Holding(
            model="correspondence.Recipient",
            hers=lambda subject: Q(person__in=subject.people) | (Q(email__in=subject.emails) & ~Q(email="")),
            fields=("name", "email", "address"),
            purpose=_("sending letters"), ground=CONTRACT, kept=_("ten years after it was sent"), at_end="blank",
            ended=lambda now: Q(letter__sent_at__lt=now - TEN_YEARS) & ~Q(name=""),
        ),
        Holding(
            model="correspondence.Letter",
            hers=lambda subject: Q(recipients__person__in=subject.people), fields=("file",), shown=("ref", "sent_at"),
            files=("file",), purpose=_("sending letters"), ground=CONTRACT, kept=_("as long as the record"),
            at_end="blank", replaced=lambda _now: {"file": None}, also=_contents,
            why_kept=_("The letter is set anew from its words when it is asked for, without her name."),
        ),
        Holding(
            model="correspondence.Wording",
            hers=lambda subject: Q(letter__drafter__in=subject.people) | Q(letter__signer__in=subject.people),
            fields=("subject", "text", "cover"), shown=("language",),
            purpose=_("what the organisation wrote"), ground=DUTY, kept=_("as long as the record"), at_end="keep",
            why_kept=_("A letter is the organisation's own word, under a digest. To whom it went is erased."),
        ),
    ),
    disclosures={"correspondence.recipients": _("Your name and address on a letter")},
)  # fmt: skip
