from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class NameOrder(TextChoices):
    """Which part of a Latin name stands first."""

    GIVEN_FIRST = "given_first", _("given name first")
    FAMILY_FIRST = "family_first", _("family name first")


class AffiliationRole(TextChoices):
    """What a person does in an organisation, as far as the product gives rights for it."""

    STAFF = "staff", _("staff")
    REPRESENTATIVE = "representative", _("representative")
    FINANCE = "finance", _("finance")
    PRESS = "press", _("press")
