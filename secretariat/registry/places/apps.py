from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    name = "secretariat.registry.places"
    verbose_name = _("countries and regions")

    def ready(self) -> None:
        from secretariat.foundation.ui.navigation import Way, register_way
        from secretariat.registry.places.rules import reads_places

        register_way(
            Way("desk", "desk_places:places", _("Countries and regions"), 304, _("Registry"), reads_places)
        )
