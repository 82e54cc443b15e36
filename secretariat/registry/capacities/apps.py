from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CapacitiesConfig(AppConfig):
    name = "secretariat.registry.capacities"
    verbose_name = _("capacities")
