from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "secretariat.registry.people"
    verbose_name = _("people")

    def ready(self) -> None:
        from secretariat.foundation.accounts.naming import register_people
        from secretariat.registry.capacities import queries as capacities
        from secretariat.registry.conflicts import queries as conflicts
        from secretariat.registry.people import naming, providers, receivers

        capacities.register_provider("representation", providers.representation)
        conflicts.register_provider("same_person", providers.same_person)
        conflicts.register_provider("affiliation", providers.affiliation)
        conflicts.register_provider("affiliation_of_group", providers.affiliation_of_group)
        conflicts.register_provider("shared_affiliation", providers.shared_affiliation)
        register_people(naming.names_of_accounts, naming.person_of_number)
        receivers.connect()
