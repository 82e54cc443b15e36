from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RelationKind(TextChoices):
    FAMILY = "family", pgettext_lazy("relation", "family")
    FRIENDSHIP = "friendship", pgettext_lazy("relation", "close friendship")
    MONEY = "money", pgettext_lazy("relation", "money: shares, loans, paid work")
    SUPERVISION = "supervision", pgettext_lazy("relation", "teacher, student, supervisor")
    COLLABORATION = "collaboration", pgettext_lazy("relation", "work together outside an organisation")
    DISPUTE = "dispute", _("dispute or rivalry")
    OTHER = "other", pgettext_lazy("relation", "something else")
