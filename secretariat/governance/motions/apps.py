from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MotionsConfig(AppConfig):
    name = "secretariat.governance.motions"
    verbose_name = _("motions")

    def ready(self) -> None:
        from secretariat.foundation.ui.navigation import Way, register_way
        from secretariat.governance.ballots.asking import register_question
        from secretariat.governance.motions import notices, receivers  # noqa: F401
        from secretariat.governance.motions.actions import declare_vote
        from secretariat.governance.motions.providers import duties
        from secretariat.governance.motions.rules import may_come_in
        from secretariat.governance.motions.searching import register_sources
        from secretariat.record.tasks.duties import register_provider
        from secretariat.registry.refs.panels import register_address

        register_question("motion", declare_vote)
        register_question("amendment", declare_vote)
        register_provider("motions", duties)
        register_sources()
        register_address("motion", "desk_motions:motion")
        register_way(
            Way("my", "my_motions:motions", _("Motions"), 23, shown=lambda actor: bool(actor.capacities))
        )
        register_way(Way("desk", "desk_motions:motions", _("Motions"), 402, _("Governance"), may_come_in))
