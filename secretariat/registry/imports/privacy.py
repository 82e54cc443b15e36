"""What is kept of people in what was brought in as files."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.holdings import INTEREST, Declared, Holding, own
from secretariat.foundation.files.actions import erase_contents

YEAR = timedelta(days=365)
EMPTY = {"name": "", "reason": "", "changes": [], "memory": {}}


def _contents(rows: Any, now: datetime) -> None:
    erase_contents(files=list(rows.values_list("file", flat=True)), now=now)


DECLARED = Declared(
    (
        Holding(
            model="imports.Row", hers=own("subject_id"), fields=("name", "reason", "changes", "memory"),
            shown=("number", "outcome"),
            purpose=_("showing what a file that was brought in changed, and undoing it"), ground=INTEREST,
            kept=_("a year after it was brought in"), at_end="blank", replaced=lambda _now: EMPTY,
            why_kept=_("How many rows did what stays true."),
            ended=lambda now: Q(of__created_at__lt=now - YEAR) & ~Q(**EMPTY),
        ),
        Holding(
            model="imports.Import", hers=own("rows__subject_id"), fields=("file",), shown=("importer", "created_at"),
            purpose=_("bringing in what stood elsewhere"), ground=INTEREST, kept=_("a year after it was brought in"),
            at_end="commitment", also=_contents,
            ended=lambda now: Q(file__erased_at=None, created_at__lt=now - YEAR),
        ),
    )
)  # fmt: skip
