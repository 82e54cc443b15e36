"""What the registry keeps of people."""

from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.holdings import CONTRACT, RECORD, Declared, Holding, own

DECLARED = Declared(
    (
        Holding(
            model="people.Person", hers=own("pk"),
            fields=(
                "given_name", "family_name", "name_zh", "names", "honorific", "orcid", "languages", "country",
                "sort_key", "match_keys",
            ),
            shown=("name_order", "created_at"),
            purpose=_("knowing who takes part, once and under the right name"), ground=CONTRACT, kept=RECORD,
            at_end="blank",
            why_kept=_("The row and its number stay, so that what points to her still points somewhere."),
            replaced=lambda now: {"erased_at": now},
        ),
        Holding(
            model="people.Affiliation", hers=own("person"), fields=("title_en", "title_zh", "source"),
            shown=("organisation", "role", "starts_on", "ends_on"),
            purpose=_("where somebody works and for whom she speaks, also to find conflicts of interest"),
            ground=CONTRACT, kept=RECORD, at_end="blank",
            why_kept=_("The term stays without a name, so that what was decided in it can be explained."),
        ),
    ),
    disclosures={"people.list": _("Your entry in the list of people, as a file")},
)  # fmt: skip
