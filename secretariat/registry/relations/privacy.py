"""What is kept of the personal relations somebody declared."""

from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.holdings import CONTRACT, RECORD, Declared, Holding, own

DECLARED = Declared(
    (
        Holding(
            model="relations.Relation", hers=own("person"), fields=("name", "match_keys", "note"),
            shown=("kind", "starts_on", "ends_on", "is_pinned"),
            purpose=_("keeping somebody away from decisions on those she is close to"), ground=CONTRACT, kept=RECORD,
            at_end="delete",
        ),
    )
)  # fmt: skip
