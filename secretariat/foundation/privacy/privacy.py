"""What is kept of whoever asks what is kept of her."""

from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.holdings import DUTY, RECORD, Declared, Holding, Subject, of_account

# That there was a reason stays: a refusal without one is none.
REFUSED = Case(When(state="refused", then=Value("\N{EM DASH}")), default=Value(""))


def _about(subject: Subject) -> Q:
    return Q(owner_id__in=subject.people | subject.accounts)


DECLARED = Declared(
    (
        Holding(
            model="privacy.Export", hers=of_account(), fields=("asked_at",), shown=("state", "ready_at", "expires_at"),
            purpose=_("handing her a copy of her data"), ground=DUTY, kept=RECORD, at_end="keep",
            why_kept=_("That it was done must be shown. The copy itself leaves after a week."),
        ),
        Holding(
            model="privacy.Erasure",
            hers=lambda subject: Q(person_id__in=subject.people) | Q(account__in=subject.accounts),
            fields=("note", "reason"), shown=("asked_at", "due_on", "state", "answered_at"),
            purpose=_("answering her wish to be forgotten"), ground=DUTY, kept=RECORD, at_end="blank",
            replaced=lambda _now: {"reason": REFUSED},
            why_kept=_("That she was forgotten must be shown; who she was is not."),
        ),
        Holding(
            model="privacy.Disclosure", hers=_about, fields=("what", "about"), shown=("fields", "at", "door", "why"),
            purpose=_("showing her who has looked at her data"), ground=DUTY, kept=RECORD, at_end="keep",
            why_kept=_("It says who looked. Whose data it was has no name once she is erased."),
        ),
    )
)  # fmt: skip
