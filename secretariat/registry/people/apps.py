from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "secretariat.registry.people"
    verbose_name = _("people")

    def ready(self) -> None:
        from secretariat.foundation.accounts.naming import register_people
        from secretariat.foundation.privacy.subjects import register_subject
        from secretariat.registry.capacities import queries as capacities
        from secretariat.registry.conflicts import queries as conflicts
        from secretariat.registry.people import naming, providers, receivers

        capacities.register_provider("representation", providers.representation)
        conflicts.register_provider("same_person", providers.same_person)
        conflicts.register_provider("affiliation", providers.affiliation)
        conflicts.register_provider("affiliation_of_group", providers.affiliation_of_group)
        conflicts.register_provider("shared_affiliation", providers.shared_affiliation)
        conflicts.register_provider("address", providers.address)
        conflicts.register_provider("same_country", providers.same_country)
        register_people(naming.names_of_accounts, naming.person_of_number, naming.number_of_person)
        register_subject(naming.whole_person, naming.names_of_owners)
        receivers.connect()
        self._show_pages()

    def _show_pages(self) -> None:
        from secretariat.foundation.ui.navigation import Way, register_way
        from secretariat.registry.imports.importers import register_importer
        from secretariat.registry.organisations.rules import reads_registry
        from secretariat.registry.people import importing, panels
        from secretariat.registry.people.suggesting import people
        from secretariat.registry.refs.panels import register_address, register_panel
        from secretariat.registry.refs.suggesting import register_suggester

        register_importer(importing.IMPORTER)
        register_way(Way("desk", "desk_people:people", _("People"), 300, _("Registry"), reads_registry))
        register_suggester("person", people)
        register_address("person", "desk_people:person")
        register_panel("person", panels.places_of_work)
        register_panel("person", panels.things_of_person)
        register_panel("organisation", panels.people_inside)
