from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RefsConfig(AppConfig):
    name = "secretariat.registry.refs"
    verbose_name = _("references")
