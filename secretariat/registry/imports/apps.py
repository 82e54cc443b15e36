from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    name = "secretariat.registry.imports"
    verbose_name = _("imports")

    def ready(self) -> None:
        from secretariat.foundation.ui.navigation import Way, register_way
        from secretariat.registry.imports.rules import reads_imports
        from secretariat.registry.refs.panels import register_address

        register_way(Way("desk", "desk_imports:imports", _("Imports"), 306, _("Registry"), reads_imports))
        register_address("import", "desk_imports:import")
