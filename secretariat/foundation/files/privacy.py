"""What is kept of whoever hands in a file. What a file says, the app knows that asked for it."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.holdings import CONTRACT, RECORD, Declared, Holding, of_account

DECLARED = Declared(
    (
        Holding(
            model="files.File",
            hers=lambda subject: Q(uploaded_by__in=subject.accounts, is_private=True),
            fields=("name",), files=("pk",), shown=("media_type", "size", "sha256", "created_at"),
            purpose=_("the file as its sender called it"), ground=CONTRACT, kept=RECORD, at_end="blank",
            why_kept=_("Size and hash stay, as a commitment to what was handed in."),
            replaced=lambda _now: {"name": "erased"},
        ),
        Holding(
            model="files.Upload", hers=of_account(), fields=("name",), shown=("size", "state", "created_at"),
            purpose=_("going on with a file that comes in pieces"), ground=CONTRACT,
            kept=_("30 days after it was to be finished"), at_end="delete",
            ended=lambda now: Q(expires_at__lt=now - timedelta(days=30)),
        ),
    )
)  # fmt: skip
