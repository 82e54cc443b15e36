from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembershipConfig(AppConfig):
    name = "secretariat.governance.membership"
    verbose_name = _("membership")

    def ready(self) -> None:
        from secretariat.governance.membership import providers
        from secretariat.registry.capacities import queries as capacities
        from secretariat.registry.conflicts import queries as conflicts
        from secretariat.registry.entitlements import queries as entitlements

        capacities.register_provider("representatives", providers.representatives)
        conflicts.register_provider("representation", providers.representation)
        entitlements.register_provider("representatives", providers.summit_representatives)
        entitlements.register_provider("members", providers.summit_members)
        from secretariat.governance.ballots.electorate import register_electorate
        from secretariat.governance.membership.standing import assemblies_of, electorate

        register_electorate("members", electorate, assemblies_of)
        self._show_pages()

    def _show_pages(self) -> None:
        from secretariat.foundation.ui.navigation import Way, register_way
        from secretariat.governance.membership import importing, notices, panels  # noqa: F401
        from secretariat.governance.membership.audience import MEMBERS
        from secretariat.record.mailings.audiences import register_audience
        from secretariat.registry.imports.importers import register_importer
        from secretariat.registry.organisations.rules import reads_registry
        from secretariat.registry.refs.panels import register_address, register_panel

        register_importer(importing.IMPORTER)
        register_way(
            Way("desk", "desk_membership:members", _("Members"), 401, _("Governance"), reads_registry)
        )
        register_audience(MEMBERS, "membership.members")
        register_address("member", "desk_membership:member")
        register_panel("person", panels.membership_of_person)
        register_panel("organisation", panels.membership_of_organisation)
