"""What is kept of whoever saves a view."""

from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.holdings import ACCOUNT, CONTRACT, Declared, Holding, of_account

DECLARED = Declared(
    (
        Holding(
            model="preferences.SavedView", hers=of_account(), fields=("name", "query"), shown=("table",),
            purpose=_("lists as she wants to see them again"), ground=CONTRACT, kept=ACCOUNT, at_end="delete",
        ),
    )
)  # fmt: skip
