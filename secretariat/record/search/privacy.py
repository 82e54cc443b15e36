"""What can be found of people: derived from what is kept elsewhere, and gone with it."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.holdings import INTEREST, Declared, Holding, Subject


def _found(subject: Subject) -> Q:
    """Her own row, at once. Rows of other things that named her are made anew within a minute, without her."""
    return Q(kind="person", key__in=subject.people)


DECLARED = Declared(
    (
        Holding(
            model="search.SearchRow", hers=_found, fields=("title_en", "title_zh", "about_en", "about_zh", "text"),
            purpose=_("finding what is recorded"), ground=INTEREST, kept=_("as long as what it is made from"),
            at_end="delete",
        ),
    )
)  # fmt: skip
