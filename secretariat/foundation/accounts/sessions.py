"""Sessions in a table of our own that knows whose they are: the setting SESSION_ENGINE names this module."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.utils import timezone

from secretariat.foundation.accounts.models import Session


class SessionStore(DatabaseSessions):
    """Django's sessions in the database, each with its account."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        session = super().create_model_instance(data)
        session.account_id = data.get("_auth_user_id")
        session.seen_at = timezone.now()
        return session
