from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdviceConfig(AppConfig):
    name = "secretariat.governance.advice"
    verbose_name = _("advice")

    def ready(self) -> None:
        from secretariat.foundation.files.queries import register_reader
        from secretariat.foundation.ui.navigation import Way, register_way
        from secretariat.governance.advice import notices, providers  # noqa: F401
        from secretariat.governance.advice.queries import files_of_papers
        from secretariat.governance.advice.rules import may_come_in
        from secretariat.governance.advice.searching import register_sources
        from secretariat.record.tasks.duties import register_provider
        from secretariat.registry.refs.panels import register_address

        register_provider("advice", providers.duties)
        register_reader("advice", files_of_papers)
        register_address("advice", "desk_advice:request")
        register_sources()
        register_way(
            Way("my", "my_advice:requests", _("Advice"), 25, shown=lambda actor: bool(_seated(actor)))
        )
        register_way(Way("desk", "desk_advice:requests", _("Advice"), 405, _("Governance"), may_come_in))


def _seated(actor: object) -> set[object]:
    return {c.body_id for c in actor.capacities if c.right == "body.advise"}
