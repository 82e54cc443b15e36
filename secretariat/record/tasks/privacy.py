"""What is kept of whoever is given work."""

from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.holdings import DUTY, RECORD, Declared, Holding, own

DECLARED = Declared(
    (
        Holding(
            model="tasks.Task", hers=own("owner"), fields=("title", "note", "outcome"), shown=("due_on", "state"),
            purpose=_("the organisation's work, and who does it"), ground=DUTY, kept=RECORD, at_end="keep",
            why_kept=_("It is about the work. Its owner has no name once she is erased."),
        ),
    )
)  # fmt: skip
