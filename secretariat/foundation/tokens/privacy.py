"""What is kept of whoever lets a program act for her."""

from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.holdings import CONTRACT, RECORD, Declared, Holding, of_account

DECLARED = Declared(
    (
        Holding(
            model="tokens.Token", hers=of_account(), fields=("name",),
            shown=("scopes", "made_at", "expires_at", "revoked_at"),
            purpose=_("letting a program act for her, and ending that"), ground=CONTRACT, kept=RECORD, at_end="blank",
            replaced=lambda now: {"revoked_at": now},
        ),
    )
)  # fmt: skip
