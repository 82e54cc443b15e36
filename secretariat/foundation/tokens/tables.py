from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.accounts.naming import names_of
from secretariat.foundation.tokens.logic import MARK, standing
from secretariat.foundation.tokens.models import Token
from secretariat.foundation.tokens.scopes import SCOPES, SERVICE
from secretariat.foundation.ui.tables import BooleanFilter, Column, MultiChoiceFilter, Table, TextFilter

STANDINGS = {
    "holds": _("holds"), "soon": _("ends soon"), "expired": _("run out"), "ended": _("ended"),
    "left": _("nobody answers"),
}  # fmt: skip
TONES = {"soon": "urgent", "left": "urgent", "expired": "quiet", "ended": "quiet"}


def path_of(token: Token) -> str:
    return reverse("desk_tokens:token", args=[token.pk])


def known_by(token: Token) -> str:
    """Return what its owner knows a token by, where she sees it in a program's settings."""
    return f"{MARK}_{token.head}_…"


def used_on(token: Token) -> Any:
    use = getattr(token, "use", None)
    return use.last_on if use else None


def words_of_scopes(token: Token) -> list[str]:
    return [str(SCOPES.get(scope, scope)) for scope in token.scopes]


def stands(token: Token, now: datetime) -> str:
    """Return how a service token stands; one whose responsible person may not sign in has nobody to ask."""
    found = standing(token.expires_at, token.revoked_at, now)
    return "left" if found in ("holds", "soon") and not token.responsible.is_active else found


class ServiceTokensTable(Table):
    key = "tokens.service"
    label = _("Service tokens")
    columns = [
        Column("name", _("Name"), order="name", path=path_of, heading=True),
        Column("scopes", _("May be used to"), of=words_of_scopes),
        Column("responsible", _("Responsible person"), of=lambda token: token.who),
        Column("used", _("Last used"), of=used_on, order="use__last_on"),
        Column("until", _("Valid until"), of=lambda token: token.expires_at.date(), order="expires_at"),
        Column(
            "state", _("State"), of=lambda token: str(STANDINGS[token.stands]),
            tone=lambda token: TONES.get(token.stands, "done"),
        ),
        Column("known", _("Known by"), of=known_by, hidden=True),
        Column("made", _("Made on"), of=lambda token: token.made_at.date(), order="made_at", hidden=True),
    ]  # fmt: skip
    order = "until"
    empty_title = _("No program comes in for the organisation.")
    empty_text = _("A service token belongs to no person: make one for a program that runs for everybody.")

    def __init__(self, rows: QuerySet[Token], now: datetime) -> None:
        super().__init__(rows)
        self.now = now
        holding = Q(revoked_at=None, expires_at__gt=now)
        self.filters = (
            TextFilter("q", _("Search"), fields=("name", "head"), hint=_("Name, or the letters it is known by")),
            BooleanFilter("holds", _("Holds"), condition=lambda _yes: holding),
            MultiChoiceFilter(
                "scope", _("May be used to"), choices=[(scope, SCOPES[scope]) for scope in SERVICE],
                condition=lambda scope: Q(scopes__contains=[scope]),
            ),
        )  # fmt: skip

    def prepare(self, rows: Sequence[Token]) -> None:
        """Give every token the name of who answers for it, and how it stands. One statement."""
        names = names_of({token.responsible_id for token in rows})
        for token in rows:
            token.who = names.get(token.responsible_id, token.responsible.email)
            token.stands = stands(token, self.now)
