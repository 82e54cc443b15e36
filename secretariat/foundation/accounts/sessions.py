"""Sessions in a table of our own that knows whose they are: the setting SESSION_ENGINE names this module."""

from functools import cache
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.utils import timezone

from secretariat.foundation.accounts.models import Account, Session
from secretariat.foundation.audit.prepared import prepared_cursor

_SESSION, _ACCOUNT = ([f.attname for f in model._meta.concrete_fields] for model in (Session, Account))


@cache
def _with_its_owner() -> str:
    # As text, without a query set: this is asked by every request of whoever is signed in.
    columns = ", ".join([f's."{name}"' for name in _SESSION] + [f'a."{name}"' for name in _ACCOUNT])
    return f"""SELECT {columns} FROM accounts_session s LEFT JOIN accounts_account a ON a.id = s.account_id
WHERE s.session_key = %s AND s.expire_date > %s"""


class SessionStore(DatabaseSessions):
    """Django's sessions in the database, each with its account. ``owner`` was read with it, by one statement."""

    owner: Account | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        with prepared_cursor() as cursor:
            row = cursor.execute(_with_its_owner(), [self.session_key, timezone.now()]).fetchone()
        if row is None:
            self._session_key = None
            return None
        session, owner = row[: len(_SESSION)], row[len(_SESSION) :]
        if owner[_ACCOUNT.index(Account._meta.pk.attname)] is not None:
            self.owner = Account.from_db("default", _ACCOUNT, owner)
        return Session.from_db("default", _SESSION, session)

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        session = super().create_model_instance(data)
        session.account_id = data.get("_auth_user_id")
        session.seen_at = timezone.now()
        return session
