"""What programs ask of people: a service token that ends soon is renewed, and somebody answers for each."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.tokens.logic import SOON
from secretariat.foundation.tokens.queries import visible_service_tokens
from secretariat.foundation.tokens.rules import can_keep_service_tokens
from secretariat.record.tasks.duties import Door, Duty


def duties(actor: Actor, door: Door, now: datetime) -> Iterator[Duty]:
    """The system administrator's, on her own page: she need not work at the desk. One statement, for her alone."""
    if door != "my" or not can_keep_service_tokens(actor):
        return
    rows = visible_service_tokens(actor).filter(revoked_at=None, expires_at__gt=now, replaced_by=None)
    ends_soon = Q(expires_at__lte=now + SOON)
    for token in rows.filter(ends_soon | Q(responsible__is_active=False)).order_by("expires_at", "pk"):
        path = reverse("desk_tokens:token", args=[token.pk])
        if not token.responsible.is_active:
            title = _("Name somebody to answer for the service token “%(token)s”") % {"token": token.name}
            yield Duty(f"token-left:{token.pk}", title, path)
        if token.expires_at <= now + SOON:
            title = _("Renew the service token “%(token)s”, or let it end") % {"token": token.name}
            yield Duty(f"token-ends:{token.pk}", title, path, due=token.expires_at)
