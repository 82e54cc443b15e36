from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BodiesConfig(AppConfig):
    name = "secretariat.governance.bodies"
    verbose_name = _("bodies")

    def ready(self) -> None:
        from secretariat.governance.bodies import providers
        from secretariat.registry.capacities import queries as capacities
        from secretariat.registry.conflicts import queries as conflicts
        from secretariat.registry.entitlements import queries as entitlements

        capacities.register_provider("seats", providers.seats)
        conflicts.register_provider("delegation", providers.delegation)
        conflicts.register_provider("shared_seat", providers.shared_seat)
        entitlements.register_provider("seats", providers.summit_seats)
