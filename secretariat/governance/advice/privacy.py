"""What is kept of who advises."""

from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.holdings import DUTY, RECORD, Declared, Holding, own

DECLARED = Declared(
    (
        Holding(
            model="advice.Contribution", hers=own("person"), fields=("text",), shown=("request", "said_at"),
            purpose=_("what members of a committee said before its opinion"), ground=DUTY, kept=RECORD, at_end="blank",
            why_kept=_("That she contributed, and when, stays; the opinion is the committee's."),
        ),
        Holding(
            model="advice.AdviceRequest", hers=own("adopted_by"), fields=("adopted_by",), shown=("adopted_at",),
            purpose=_("who adopted an opinion as chair"), ground=DUTY, kept=RECORD, at_end="keep",
            why_kept=_("An opinion stays adopted; the row says no name once she is erased."),
        ),
    )
)  # fmt: skip
