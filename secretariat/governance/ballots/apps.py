from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BallotsConfig(AppConfig):
    name = "secretariat.governance.ballots"
    verbose_name = _("ballots")

    def ready(self) -> None:
        from secretariat.foundation.live.queries import register_channel
        from secretariat.foundation.live.receivers import register_rings
        from secretariat.foundation.ui.navigation import Way, register_way
        from secretariat.governance.ballots import procedures
        from secretariat.governance.ballots.providers import duties, hears_ballot
        from secretariat.governance.ballots.rules import may_come_in
        from secretariat.governance.ballots.searching import register_sources
        from secretariat.record.tasks.duties import register_provider
        from secretariat.registry.refs.panels import register_address, register_panel

        register_provider("ballots", duties)
        register_sources()
        register_channel("ballot", hears_ballot)
        verbs = ("ballot_opened", "hands_counted", "ballot_extended", "ballot_closed", "ballot_cancelled")
        register_rings(verbs, lambda ballot: (f"ballot:{ballot.pk}",))
        register_panel("body", procedures.panel)
        register_address("ballot", "desk_ballots:ballot")
        register_way(
            Way("my", "my_ballots:ballots", _("Ballots"), 24, shown=lambda actor: bool(actor.capacities))
        )
        register_way(Way("desk", "desk_ballots:ballots", _("Ballots"), 402, _("Governance"), may_come_in))
