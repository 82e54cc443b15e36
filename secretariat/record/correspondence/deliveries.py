"""What became of a letter at each who was to get it: by post, waiting, sent, come back."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from secretariat.foundation.notices.models import Message
from secretariat.foundation.notices.queries import mail_of
from secretariat.foundation.notices.states import MessageState
from secretariat.record.correspondence.models import Letter, Recipient

WRONG = frozenset({MessageState.BOUNCED, MessageState.FAILED})


@dataclass(frozen=True)
class Delivery:
    """One recipient and the mail to her, if there is one. That a mail arrived nobody can know."""

    recipient: Recipient
    mail: Message | None
    is_out: bool

    @property
    def words(self) -> str:
        if not self.recipient.email:
            return _("by post")
        if self.mail is None:
            return _("by post: it was sent before letters went by e-mail") if self.is_out else _("by e-mail")
        return {
            MessageState.QUEUED: _("waits to go out"),
            MessageState.SENT: _("sent; whether it arrived cannot be known"),
            MessageState.BOUNCED: _("came back"),
            MessageState.FAILED: _("could not be sent"),
        }[MessageState(self.mail.state)]

    @property
    def is_wrong(self) -> bool:
        return self.mail is not None and self.mail.state in WRONG

    @property
    def at(self) -> datetime | None:
        return (self.mail.ended_at or self.mail.sent_at) if self.mail else None

    @property
    def reason(self) -> str:
        return self.mail.reason if self.mail else ""


def deliveries_of(letter: Letter, limit: int = 200) -> list[Delivery]:
    """Return the recipients of a letter, what went wrong first. Two statements."""
    rows = list(letter.recipients.order_by("name", "pk")[:limit])
    mails = mail_of([row.pk for row in rows])
    found = [Delivery(row, mails.get(row.pk), letter.state == "sent") for row in rows]
    return sorted(found, key=lambda one: not one.is_wrong)


def with_deliveries(letters: Sequence[Letter]) -> list[Letter]:
    """Return the letters, each with ``returned`` and ``outcome``: what became of its mail, in words. Two statements."""
    found = list(letters)
    sent = [letter.pk for letter in found if letter.state == "sent"]
    pairs = list(Recipient.objects.filter(letter__in=sent).exclude(email="").values_list("letter", "pk"))
    mails = mail_of([recipient for _letter, recipient in pairs])
    for letter in found:
        states = Counter(mails[pk].state for of, pk in pairs if of == letter.pk and pk in mails)
        letter.returned = sum(states[state] for state in WRONG)
        letter.outcome = _in_words(states)
    return found


def _in_words(states: Counter[str]) -> str:
    returned = states[MessageState.BOUNCED] + states[MessageState.FAILED]
    parts = [
        ngettext("%(n)d came back", "%(n)d came back", returned) % {"n": returned} if returned else "",
        _("%(n)d waiting") % {"n": states[MessageState.QUEUED]} if states[MessageState.QUEUED] else "",
        _("%(n)d by e-mail") % {"n": states[MessageState.SENT]} if states[MessageState.SENT] else "",
    ]
    return " · ".join(filter(None, parts))
