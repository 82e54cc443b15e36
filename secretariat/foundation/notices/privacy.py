"""What is kept of whoever is told something."""

from datetime import datetime, timedelta

from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.holdings import (
    ACCOUNT,
    CONTRACT,
    INTEREST,
    Declared,
    Holding,
    of_account,
)

SENT = Concat(Value("erased-"), Cast("pk", CharField()), Value("@erased.invalid"))


def _old_mail(now: datetime) -> Q:
    return (
        Q(queued_at__lt=now - timedelta(days=365))
        & ~Q(state="queued")
        & ~Q(address__endswith="@erased.invalid")
    )


DECLARED = Declared(
    (
        Holding(
            model="notices.Notice", hers=of_account(), fields=("data",), shown=("kind", "told_at"),
            purpose=_("telling her what concerns her, once"), ground=CONTRACT, kept=ACCOUNT, at_end="blank",
        ),
        Holding(
            model="notices.Message", hers=of_account(), fields=("address", "reason"),
            shown=("state", "queued_at", "sent_at"),
            purpose=_("knowing whether mail arrived"), ground=INTEREST, kept=_("a year after it was sent"),
            at_end="blank", replaced=lambda _now: {"address": SENT, "reason": ""}, ended=_old_mail,
        ),
        Holding(
            model="notices.Postbox", hers=of_account(), fields=("unreachable", "time_zone"), shown=("digest_hour",),
            purpose=_("when the daily mail goes out, and whether it arrives"), ground=CONTRACT, kept=ACCOUNT,
            at_end="delete",
        ),
        Holding(
            model="notices.DeliveryChoice", hers=of_account(), fields=("group", "delivery"),
            purpose=_("how she wants to be told"), ground=CONTRACT, kept=ACCOUNT, at_end="delete",
        ),
    )
)  # fmt: skip
