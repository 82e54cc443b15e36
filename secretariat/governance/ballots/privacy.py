"""What is kept of voters: that they stood on a roll. A vote names a line of it."""

from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.holdings import DUTY, RECORD, Declared, Holding, own

DECLARED = Declared(
    (
        Holding(
            model="ballots.RollLine", hers=own("person"), fields=("person",), shown=("ballot",),
            purpose=_("who could vote"), ground=DUTY, kept=RECORD, at_end="keep",
            why_kept=_("Quorum and majorities of the past stay true; the row says no name once she is erased."),
        ),
    )
)  # fmt: skip
