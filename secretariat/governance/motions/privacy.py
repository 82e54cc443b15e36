"""What is kept of whoever moves, seconds and follows motions."""

from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.holdings import CONSENT, DUTY, RECORD, Declared, Holding, own

DECLARED = Declared(
    (
        Holding(
            model="motions.Backing", hers=own("by"), fields=("by", "person"), shown=("motion", "part", "since"),
            purpose=_("who moved and seconded what"), ground=DUTY, kept=RECORD, at_end="keep",
            why_kept=_("A decision stays with who asked for it; the row says no name once she is erased."),
        ),
        Holding(
            model="motions.Follower", hers=own("person"), fields=("person",), shown=("motion",),
            purpose=_("whom to tell what becomes of a motion"), ground=CONSENT, kept=_("until she ends it"),
            at_end="delete",
        ),
    )
)  # fmt: skip
