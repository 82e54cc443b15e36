from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditionsConfig(AppConfig):
    name = "secretariat.registry.editions"
    verbose_name = _("editions")

    def ready(self) -> None:
        from secretariat.foundation.ui.navigation import Way, register_way
        from secretariat.registry.organisations.rules import reads_registry
        from secretariat.registry.refs.panels import register_address

        register_way(Way("desk", "desk_editions:editions", _("Editions"), 302, _("Registry"), reads_registry))
        register_address("edition", "desk_editions:edition")
