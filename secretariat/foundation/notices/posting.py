"""One mail handed to the mail server, and what its answer means."""

import smtplib
from collections.abc import Sequence
from email.utils import format_datetime, formataddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from secretariat.foundation.notices.brand import brand
from secretariat.foundation.notices.logic import message_id
from secretariat.foundation.notices.models import Message
from secretariat.foundation.notices.origins import Enclosure
from secretariat.foundation.notices.rendering import Letter, absolute

SEND = "notices.send_message"  # the job that sends a mail
PERMANENT = range(500, 600)


def compose(
    message: Message, letter: Letter, stop: str, enclosures: Sequence[Enclosure] = ()
) -> EmailMultiAlternatives:
    """Address a letter. Message-ID and date come from the row, so that sent twice it is the same mail."""
    headers = {
        "Message-ID": message_id(message.pk, mail_host()),
        "Date": format_datetime(message.queued_at),
        "From": formataddr((brand().name, settings.DEFAULT_FROM_EMAIL)),
        # Nobody's absence note is to answer (RFC 3834).
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    if stop:
        headers["List-Unsubscribe"] = f"<{absolute(stop)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    # The sender of the envelope is where what cannot be delivered comes back to.
    mail = EmailMultiAlternatives(
        letter.subject, letter.text, settings.MAIL_BOUNCES, [message.address], headers=headers
    )
    mail.attach_alternative(letter.html, "text/html")
    for enclosure in enclosures:
        mail.attach(enclosure.name, enclosure.content, enclosure.media_type)
    return mail


def mail_host() -> str:
    """Return the name that stands behind the @ of our Message-IDs."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def post(mail: EmailMultiAlternatives) -> None:
    """Hand a mail to the server; whatever it says against it is raised."""
    mail.send(fail_silently=False)


def why_hopeless(error: OSError) -> str:
    """Return why the server will never take a mail; empty where it may take it later."""
    match error:
        case smtplib.SMTPRecipientsRefused(recipients=refused):
            answers = list(refused.values())
        case smtplib.SMTPResponseException(smtp_code=code, smtp_error=text):
            answers = [(code, text)]
        case _:
            return ""
    # A server that does not let us in is a fault of the settings, not of the mail.
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return ""
    if all(code in PERMANENT for code, _text in answers):
        return "; ".join(f"{code} {_readable(text)}" for code, text in answers)
    return ""


def _readable(text: bytes | str) -> str:
    return text.decode(errors="replace") if isinstance(text, bytes) else str(text)
