"""Floors below say by a signal what they showed: they do not know this app."""

from typing import Any

from secretariat.foundation.audit.signals import disclosed
from secretariat.foundation.privacy.actions import disclose


def connect() -> None:
    """Listen; called once when the product starts."""
    disclosed.connect(_disclose, dispatch_uid="privacy.disclose")


def _disclose(sender: object, signal: object, **named: Any) -> None:
    disclose(**named)
