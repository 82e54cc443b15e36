from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    name = "secretariat.registry.organisations"
    verbose_name = _("organisations")

    def ready(self) -> None:
        from secretariat.foundation.ui.navigation import Way, register_way
        from secretariat.registry.imports.importers import register_importer
        from secretariat.registry.organisations import importing, panels
        from secretariat.registry.organisations.rules import reads_registry
        from secretariat.registry.organisations.suggesting import organisations
        from secretariat.registry.refs.panels import register_address, register_panel
        from secretariat.registry.refs.suggesting import register_suggester

        register_importer(importing.IMPORTER)
        register_way(
            Way(
                "desk",
                "desk_organisations:organisations",
                _("Organisations"),
                301,
                _("Registry"),
                reads_registry,
            )
        )
        register_suggester("organisation", organisations)
        register_address("organisation", "desk_organisations:organisation")
        register_panel("organisation", panels.organisations_inside)
        register_panel("organisation", panels.things_of_organisation)
