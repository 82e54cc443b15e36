from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IdentityConfig(AppConfig):
    name = "secretariat.registry.identity"
    verbose_name = _("duplicates and merges")
