"""What is kept of whoever lets a program ask."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.holdings import CONTRACT, Declared, Holding

DECLARED = Declared(
    (
        Holding(
            model="api.KeptAnswer", hers=lambda subject: Q(owner__in=subject.accounts), fields=("body",),
            shown=("at", "status"), purpose=_("making a request that comes twice happen once"), ground=CONTRACT,
            kept=_("a day"), at_end="delete", ended=lambda now: Q(at__lt=now - timedelta(days=2)),
        ),
    )
)  # fmt: skip
