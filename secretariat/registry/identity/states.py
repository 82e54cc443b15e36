from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MergeState(TextChoices):
    DONE = "done", _("done")
    UNDONE = "undone", _("undone")


MERGE_TRANSITIONS = {"done": ("undone",), "undone": ()}


class Kind(TextChoices):
    """What can be a duplicate of its like."""

    PERSON = "people.person", _("person")
    ORGANISATION = "organisations.organisation", _("organisation")


class ReasonKind(TextChoices):
    """What speaks for or against two rows being one."""

    ORCID = "orcid", _("the same ORCID iD")
    ROR = "ror", _("the same ROR id")
    MAIL = "mail", _("the same mailbox")
    DOMAIN = "domain", _("the same e-mail domain")
    CHINESE = "zh", _("the same Chinese name")
    NAME = "name", _("the same name, in whatever order its words stand")
    PINYIN = "pinyin", _("the Latin name is the Chinese one in pinyin")
    SOUND = "sound", _("names that may be spellings of one")
    SIMILAR = "similar", _("names that differ by a few letters")
    ACRONYM = "acronym", _("an acronym that fits")
    TOGETHER = "together", _("the same organisation")
    COUNTRY = "country", _("the same country or region")
    OTHER_ID = "other_id", _("another identifier")
    OTHER_COUNTRY = "other_country", _("another country or region")
    RELATED = "related", _("one belongs to the other")
