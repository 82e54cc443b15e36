from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EntitlementsConfig(AppConfig):
    name = "secretariat.registry.entitlements"
    verbose_name = _("entitlements")
