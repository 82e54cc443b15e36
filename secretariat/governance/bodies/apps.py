from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BodiesConfig(AppConfig):
    name = "secretariat.governance.bodies"
    verbose_name = _("bodies")

    def ready(self) -> None:
        from secretariat.governance.bodies import notices, providers  # noqa: F401
        from secretariat.record.tasks.duties import register_provider
        from secretariat.registry.capacities import queries as capacities
        from secretariat.registry.conflicts import queries as conflicts
        from secretariat.registry.entitlements import queries as entitlements

        capacities.register_provider("seats", providers.seats)
        conflicts.register_provider("delegation", providers.delegation)
        conflicts.register_provider("shared_seat", providers.shared_seat)
        entitlements.register_provider("seats", providers.summit_seats)
        register_provider("bodies", providers.duties)
        self._show_pages()

    def _show_pages(self) -> None:
        from secretariat.foundation.ui.navigation import Way, register_way
        from secretariat.governance.bodies import importing, panels
        from secretariat.governance.bodies.searching import register_sources
        from secretariat.registry.imports.importers import register_importer
        from secretariat.registry.organisations.rules import reads_registry
        from secretariat.registry.refs.panels import register_address, register_panel

        register_importer(importing.IMPORTER)
        also = ("/desk/powers/", "/desk/ballots/procedures/")
        register_way(
            Way("desk", "desk_bodies:bodies", _("Bodies"), 400, _("Governance"), reads_registry, also)
        )
        register_way(Way("desk", "desk_bodies:terms", _("Terms"), 401, _("Governance"), reads_registry))
        register_address("body", "desk_bodies:body")
        register_sources()
        register_panel("person", panels.seats_of_person)
        register_panel("organisation", panels.seats_of_organisation)
