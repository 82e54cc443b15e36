from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OrganisationKind(TextChoices):
    """What an organisation is; the vocabulary of the multistakeholder model, with companies and media apart."""

    GOVERNMENT = "government", _("government")
    INTERGOVERNMENTAL = "intergovernmental", _("intergovernmental organisation")
    ENTERPRISE = "enterprise", _("enterprise")
    ASSOCIATION = "association", _("association")
    ACADEMIA = "academia", _("academia")
    TECHNICAL_COMMUNITY = "technical_community", _("technical community")
    CIVIL_SOCIETY = "civil_society", _("civil society")
    MEDIA = "media", _("media")
