"""The few mails that must go out at once, because somebody waits for them in front of the page."""

from collections.abc import Mapping

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation


def send(name: str, email: str, values: Mapping[str, object], language: str | None = None) -> None:
    """Write to an address in its reader's language. A template holds the subject in its first line."""
    with translation.override(language or translation.get_language()):
        text = render_to_string(f"accounts/mail/{name}.txt", {"site": settings.SITE_URL, **values})
    subject, _newline, body = text.strip().partition("\n")
    EmailMessage(
        subject, body.strip() + "\n", to=[email], headers={"Auto-Submitted": "auto-generated"}
    ).send()
