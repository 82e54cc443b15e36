"""Reads delivery status notifications (RFC 3464): which mail did not arrive, where, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage, Message
from email.parser import BytesParser
from uuid import UUID

from secretariat.foundation.notices.logic import row_of

LONGEST_REASON = 500


@dataclass(frozen=True)
class Report:
    """What a notification says of one recipient. ``row`` is the mail of ours it is about."""

    row: UUID
    recipient: str
    action: str
    status: str
    reason: str

    @property
    def is_final(self) -> bool:
        """Whether the mail has failed for good: a delay is no failure, nor is "delivered"."""
        return self.action == "failed"

    @property
    def is_permanent(self) -> bool:
        """Whether the address itself is at fault, so that the next mail would fail too."""
        return (
            self.is_final and self.status.startswith("5.") and not self.status.startswith(("5.2.2", "5.3.4"))
        )


def read_reports(raw: bytes) -> list[Report]:
    """Return what a message reports about mails of ours; nothing when it is no such notification."""
    message = BytesParser(policy=policy.default).parsebytes(raw)
    if message.get_content_type() != "multipart/report":
        return []
    if str(message.get_param("report-type", "")).lower() != "delivery-status":
        return []
    row = next((row for row in map(row_of, _identifiers(message)) if row), None)
    return [_report(row, part) for part in _recipients(message)] if row else []


def _identifiers(message: EmailMessage) -> Iterator[str]:
    """The Message-IDs of what came back: it stands behind the report, whole or only its head."""
    for part in message.walk():
        if part.get_content_type() == "message/rfc822":
            for original in part.get_payload():
                yield str(original.get("Message-ID", ""))
        elif part.get_content_type() == "text/rfc822-headers":
            head = BytesParser(policy=policy.default).parsebytes(
                part.get_payload(decode=True) or b"", headersonly=True
            )
            yield str(head.get("Message-ID", ""))


def _recipients(message: EmailMessage) -> Iterator[Message]:
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            yield from (block for block in part.get_payload() if block.get("Final-Recipient"))


def _report(row: UUID, block: Message) -> Report:
    recipient = _after_type(block.get("Original-Recipient") or block["Final-Recipient"])
    diagnosis = _after_type(block.get("Diagnostic-Code", ""))
    status = str(block.get("Status", "")).split("(")[0].strip()
    return Report(
        row=row,
        recipient=recipient.strip("<>").lower(),
        action=str(block.get("Action", "")).strip().lower(),
        status=status,
        reason=" ".join(f"{status} {diagnosis}".split())[:LONGEST_REASON],
    )


def _after_type(value: object) -> str:
    """What follows ``rfc822;`` or ``smtp;``."""
    return str(value).partition(";")[2].strip() or str(value).strip()
