from django.db import models
from django.utils.translation import gettext_lazy as _


class TranslationOrigin(models.TextChoices):
    """Who translated: what a machine wrote is shown as such until a person has read it."""

    HUMAN = "human", _("by a person")
    MACHINE = "machine", _("by a machine")
